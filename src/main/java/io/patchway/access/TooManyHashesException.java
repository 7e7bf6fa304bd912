package io.patchway.access;

/** So many passwords are waiting to be checked that this one is not; it may be sent again later. */
public final class TooManyHashesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyHashesException() {
        super("too many passwords are being checked at the moment; try again in some seconds");
    }
}
