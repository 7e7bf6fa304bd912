package io.patchway.explain;

import java.io.Serial;

/** A baseline cannot be tried on a scan; the message says why, beginning with the verb. */
public final class TrialException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public TrialException(String message) {
        super(message);
    }
}
