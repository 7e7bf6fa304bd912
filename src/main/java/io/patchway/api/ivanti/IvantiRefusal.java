package io.patchway.api.ivanti;

/** A call that is refused in the shape of Security Controls: a status, and an object with {@code message}. */
public final class IvantiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status HTTP status, 400 to 599
     * @param message for people; names the field that is to blame
     */
    public IvantiRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** A field breaks a rule. */
    public static IvantiRefusal of(String field, String problem) {
        return new IvantiRefusal(400, field + " " + problem + ".");
    }

    /** Nothing has this id, or not any more. */
    public static IvantiRefusal unknown(String what, Object id) {
        return new IvantiRefusal(404, "There is no " + what + " with the id " + id + ".");
    }

    /** A name is taken. */
    public static IvantiRefusal taken(String what, String name) {
        return new IvantiRefusal(409, "There is a " + what + " with the name '" + name + "' already.");
    }

    public int status() {
        return status;
    }
}
