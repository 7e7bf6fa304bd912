package io.patchway.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A span of time, repeated by a rule, in which servers may be patched.
 *
 * @param zone where the rule's local times are read
 * @param start the local time before which nothing opens and from which a rate counts; a rate cannot do without
 * @param end the local time after which nothing opens any more
 * @param duration how long it stays open
 * @param cutoff how long before the end no server may start any more; not longer than the duration
 * @param enabled whether it opens at all
 */
public record MaintenanceWindow(
        String name,
        WindowSchedule schedule,
        ZoneId zone,
        Optional<LocalDateTime> start,
        Optional<LocalDateTime> end,
        Duration duration,
        Duration cutoff,
        MissedPolicy missed,
        boolean enabled) {

    /** @throws IllegalArgumentException when the parts do not fit together */
    public MaintenanceWindow {
        if (!duration.isPositive() || cutoff.isNegative() || cutoff.compareTo(duration) > 0) {
            throw new IllegalArgumentException("the cutoff must lie within the duration");
        }
        if (schedule instanceof RateSchedule && start.isEmpty()) {
            throw new IllegalArgumentException("a rate counts from the start of the schedule, which is missing");
        }
    }

    /** The first opening later than an instant; empty when the window will not open any more. */
    public Optional<Instant> nextOpening(Instant after) {
        return enabled ? schedule.nextAfter(after, zone, start).filter(opening -> !isOver(opening)) : Optional.empty();
    }

    private boolean isOver(Instant opening) {
        return end.filter(last -> opening.isAfter(LocalClock.instantOf(last, zone)))
                .isPresent();
    }

    /**
     * The openings later than {@code after} and not later than {@code upTo}, oldest first.
     *
     * @param most stops after so many
     */
    public List<Opening> openingsBetween(Instant after, Instant upTo, int most) {
        List<Opening> openings = new ArrayList<>();
        Optional<Instant> next = nextOpening(after);
        while (openings.size() < most && next.isPresent() && !next.get().isAfter(upTo)) {
            openings.add(openingAt(next.get()));
            next = nextOpening(next.get());
        }
        return openings;
    }

    /** The opening that begins at an instant. */
    public Opening openingAt(Instant opens) {
        Instant closes = opens.plus(duration);
        return new Opening(opens, closes.minus(cutoff), closes);
    }

    /**
     * One opening.
     *
     * @param cutoff from when on no server may start
     */
    public record Opening(Instant opens, Instant cutoff, Instant closes) {}
}
