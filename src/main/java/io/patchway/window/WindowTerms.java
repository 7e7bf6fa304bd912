package io.patchway.window;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What somebody wrote about when a window opens, kept as it was written.
 *
 * @param zone name of a time zone; empty: UTC
 * @param offset days from a time of a cron expression to the opening
 * @param start date and time in ISO 8601, read in the zone when it names none: nothing opens before
 * @param end likewise: nothing opens after
 * @param hours how long it stays open
 * @param cutoff how many hours before the end nothing starts any more
 * @param unassociatedTargets whether tasks may name servers that are not among the window's targets
 */
public record WindowTerms(
        String name,
        Optional<String> description,
        String schedule,
        Optional<String> zone,
        Optional<Integer> offset,
        Optional<String> start,
        Optional<String> end,
        int hours,
        int cutoff,
        boolean unassociatedTargets,
        boolean enabled) {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;

    /**
     * The window that they describe.
     *
     * @param createdAt when the window was made: a rate without a later start counts from here
     * @param since when the schedule was set: what it would have opened before does not count
     * @throws IllegalArgumentException when they make no sense; the message says which and why
     */
    public MaintenanceWindow timing(Instant createdAt, Instant since) {
        ZoneId where = zoneId();
        WindowSchedule rule = rule(since);
        Optional<LocalDateTime> from = start.map(text -> local("StartDate", text, where));
        Optional<LocalDateTime> until = end.map(text -> local("EndDate", text, where));
        if (cutoff > hours) {
            throw new IllegalArgumentException(
                    "Cutoff must not be longer than the Duration of " + hours + " hours, but is " + cutoff);
        }
        if (from.isPresent() && until.filter(from.get()::isAfter).isPresent()) {
            throw new IllegalArgumentException("EndDate must not be before StartDate");
        }
        LocalDateTime made = LocalDateTime.ofInstant(createdAt.truncatedTo(ChronoUnit.SECONDS), where);
        return new MaintenanceWindow(
                name,
                rule,
                where,
                rule instanceof RateSchedule ? from.filter(made::isBefore).or(() -> Optional.of(made)) : from,
                until,
                Duration.ofHours(hours),
                Duration.ofHours(cutoff),
                MissedPolicy.RUN_LATE,
                enabled);
    }

    /** Whether the window opens at the same times under other terms. */
    public boolean sameOpenings(WindowTerms other) {
        return schedule.equals(other.schedule)
                && zone.equals(other.zone)
                && offset.equals(other.offset)
                && start.equals(other.start)
                && end.equals(other.end)
                && enabled == other.enabled;
    }

    private WindowSchedule rule(Instant since) {
        WindowSchedule rule = read("Schedule", () -> WindowSchedule.of(schedule));
        if (offset.isEmpty()) {
            return rule;
        }
        if (!(rule instanceof CronSchedule cron)) {
            throw new IllegalArgumentException(
                    "ScheduleOffset goes with a cron expression only, but Schedule is " + schedule);
        }
        return read("ScheduleOffset", () -> new DelayedSchedule(cron, offset.get(), since));
    }

    private ZoneId zoneId() {
        try {
            return ZoneId.of(zone.orElse("UTC"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "ScheduleTimezone must be a time zone such as Europe/London or UTC, but is " + zone.orElse(""), e);
        }
    }

    private static LocalDateTime local(String member, String text, ZoneId zone) {
        LocalDateTime time = parsed(member, text, zone);
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException(
                    member + " must be from the year " + FIRST_YEAR + " to " + LAST_YEAR + ", but is " + text);
        }
        return time;
    }

    private static LocalDateTime parsed(String member, String text, ZoneId zone) {
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text).atStartOfDay();
            }
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return time instanceof ZonedDateTime zoned
                    ? LocalDateTime.ofInstant(zoned.toInstant(), zone)
                    : LocalDateTime.from(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    member + " must be in ISO 8601, such as 2026-12-31T22:00:00Z, but is " + text, e);
        }
    }

    private static <T extends WindowSchedule> T read(String member, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(member + ": " + e.getMessage(), e);
        }
    }
}
