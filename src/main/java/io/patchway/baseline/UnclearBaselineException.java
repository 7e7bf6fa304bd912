package io.patchway.baseline;

import java.io.Serial;

/** A name of a baseline that leads nowhere, or to more than one. The message says what to write instead. */
public final class UnclearBaselineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnclearBaselineException(String message) {
        super(message);
    }
}
