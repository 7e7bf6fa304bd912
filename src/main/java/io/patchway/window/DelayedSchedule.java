package io.patchway.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Opens a number of days after each time that a cron expression describes, at the same time of day. So "two days after
 * the second Tuesday" can be said, which is not always before the third Thursday.
 *
 * @param days 1 to 6
 * @param since a time of the expression that is not later does not count, although the opening that belongs to it may
 *     still lie ahead: when the window was made, its period had begun already
 */
public record DelayedSchedule(CronSchedule cron, int days, Instant since) implements WindowSchedule {
    /** The longest delay, in days. */
    public static final int MOST_DAYS = 6;

    /** @throws IllegalArgumentException when there are too few days or too many */
    public DelayedSchedule {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("must be from 1 to " + MOST_DAYS + " days");
        }
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant, ZoneId zone, Optional<LocalDateTime> start) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone).minusDays(days);
        Predicate<LocalDateTime> counts = hit ->
                LocalClock.instantOf(hit, zone).isAfter(since) && start.stream().noneMatch(hit::isBefore);
        return cron.hits(later(local, start.map(first -> first.minusNanos(1))))
                .filter(counts)
                .map(hit -> LocalClock.instantOf(hit.plusDays(days), zone))
                .filter(opening -> opening.isAfter(instant))
                .findFirst();
    }

    private static LocalDateTime later(LocalDateTime one, Optional<LocalDateTime> other) {
        return other.filter(one::isBefore).orElse(one);
    }

    @Override
    public String text() {
        return cron.text();
    }
}
