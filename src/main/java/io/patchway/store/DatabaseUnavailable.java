package io.patchway.store;

/** The database cannot be opened, or has gone away. The message is for the operator: which one, why, and what to do. */
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the operator */
    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
