package io.patchway.run;

import java.time.Duration;
import java.time.Instant;

/** How often something outside is tried again, and for how long. */
public final class BackOff {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private BackOff() {}

    /** Doubles with each attempt, from a second to a quarter of an hour. */
    public static Duration pauseAfter(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 20));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Whether something that was promised so long ago, a week, is given up. */
    public static boolean isOver(Instant promised, Instant now) {
        return promised.plus(LONGEST_WAIT).isBefore(now);
    }
}
