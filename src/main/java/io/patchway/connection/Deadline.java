package io.patchway.connection;

import java.time.Duration;

/** A point in time by the clock that never jumps. */
final class Deadline {
    private final Duration length;
    private final long end;

    private Deadline(Duration length) {
        this.length = length;
        this.end = System.nanoTime() + length.toNanos();
    }

    static Deadline in(Duration length) {
        return new Deadline(length);
    }

    /** The time that is left; zero when it has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** What is left, but no more than this. */
    Duration atMost(Duration patience) {
        Duration left = left();
        return left.compareTo(patience) < 0 ? left : patience;
    }

    /** How long it was at the start. */
    Duration length() {
        return length;
    }
}
