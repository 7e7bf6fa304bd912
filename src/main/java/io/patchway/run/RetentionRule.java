package io.patchway.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How long records are kept after the request they belong to has ended.
 *
 * @param detail scans, time lines and what became of each patch; the newest scan of a server is kept whatever its age
 * @param history requests and server runs
 * @param audit entries of the audit log, counted from when they were recorded; empty: for ever
 */
public record RetentionRule(Duration detail, Duration history, Optional<Duration> audit) {

    /** @throws IllegalArgumentException when details were to outlive what they belong to */
    public RetentionRule {
        if (detail.compareTo(history) > 0) {
            throw new IllegalArgumentException(
                    "details cannot be kept longer than the requests and runs that they belong to");
        }
    }
}
