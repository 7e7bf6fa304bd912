package io.patchway.run;

/** A request that is refused as a whole, because something that concerns all its servers is not known or allowed. */
public sealed class RefusedRequestException extends Exception permits TooBusyException {
    private final String field;

    /**
     * @param field the field of the request, such as {@code package.packageId}
     * @param message what is wrong and what is allowed
     */
    public RefusedRequestException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
