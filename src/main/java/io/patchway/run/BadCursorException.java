package io.patchway.run;

/** A cursor that no page of this list has given. */
public final class BadCursorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadCursorException(String cursor, Throwable cause) {
        super("'" + cursor + "' is not a cursor of this list; take it from the next of the page before", cause);
    }
}
