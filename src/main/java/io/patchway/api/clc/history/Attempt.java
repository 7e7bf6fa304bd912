package io.patchway.api.clc.history;

import java.time.Instant;
import java.util.Optional;

/**
 * One check for updates and the install that it led to, if any: an initiation, in the words of CenturyLink Cloud.
 *
 * @param end empty while it goes on
 * @param message how it ended; empty while it goes on
 */
record Attempt(Instant begin, Optional<Instant> end, String message) {
    /** One that is not over. */
    static Attempt open(Instant begin) {
        return new Attempt(begin, Optional.empty(), "");
    }

    static Attempt ended(Instant begin, Instant end, String message) {
        return new Attempt(begin, Optional.of(end), message);
    }
}
