package io.patchway.run;

import java.time.Duration;

/** A request that is refused as a whole because there is too much to do already; later it may be accepted. */
public final class TooBusyException extends RefusedRequestException {
    private final Duration retryAfter;

    /** @param retryAfter when asking again may help */
    public TooBusyException(String field, String message, Duration retryAfter) {
        super(field, message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
