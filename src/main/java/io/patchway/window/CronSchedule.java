package io.patchway.window;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Opens at local times that a cron expression describes: minute, hour, day of month, month, day of week (1 is Sunday),
 * year. A second, which is one number, may come before them.
 *
 * <p>The expression is evaluated on a calendar without daylight saving; only then is each local time turned into an
 * instant. So an opening that falls into the hour that the clocks skip still happens, right after the gap, and one that
 * falls into the hour that they repeat happens once.
 *
 * @param expression the fields, as they were written
 * @param times what they say without their second
 * @param second of the minute, 0 to 59
 */
public record CronSchedule(String expression, ExecutionTime times, int second) implements WindowSchedule {
    private static final Pattern SECOND = Pattern.compile("[0-5]?[0-9]");
    private static final int LAST_YEAR = 2199;

    private static final CronDefinition AWS = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withStrictRange()
            .and()
            .withHours()
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .withStrictRange()
            .and()
            .withMonth()
            .withStrictRange()
            .and()
            .withDayOfWeek()
            .withValidRange(1, 7)
            .withMondayDoWValue(2)
            .supportsHash()
            .supportsL()
            .supportsQuestionMark()
            .withStrictRange()
            .and()
            .withYear()
            .withValidRange(1970, LAST_YEAR)
            .withStrictRange()
            .and()
            .instance();

    static CronSchedule of(String expression) {
        String[] fields = expression.split("\\s+", -1);
        if (fields.length != 6 && fields.length != 7) {
            throw new IllegalArgumentException("cron(…) needs six fields (minute hour day-of-month month day-of-week"
                    + " year), or seven with a second before them, but has " + fields.length);
        }
        boolean hasSecond = fields.length == 7;
        if (hasSecond && !SECOND.matcher(fields[0]).matches()) {
            throw new IllegalArgumentException(
                    "the first of seven fields of cron(…) is the second, one number from 0 to 59");
        }
        int first = hasSecond ? 1 : 0;
        if (!isOpen(fields[first + 2]) && !isOpen(fields[first + 4])) {
            throw new IllegalArgumentException(
                    "cron(…) may name days of the month or days of the week; put ? for the other");
        }
        try {
            Cron cron = new CronParser(AWS)
                    .parse(String.join(" ", List.of(fields).subList(first, fields.length)))
                    .validate();
            int second = hasSecond ? Integer.parseInt(fields[0]) : 0;
            ExecutionTime times = ExecutionTime.forCron(cron);
            if (fields[first + 2].contains("W")) {
                tryEveryMonth(times);
            }
            return new CronSchedule(expression, times, second);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cron(" + expression + ") is not understood: " + e.getMessage(), e);
        }
    }

    /** The weekday nearest to a day that a month does not have is found out about only when that month has come. */
    private static void tryEveryMonth(ExecutionTime times) {
        for (int month = 1; month <= 12; month++) {
            times.nextExecution(ZonedDateTime.of(2027, month, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        }
    }

    private static boolean isOpen(String field) {
        return field.equals("?") || field.equals("*");
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant, ZoneId zone, Optional<LocalDateTime> start) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (start.isPresent() && start.get().isAfter(local)) {
            local = start.get().minusNanos(1);
        }
        return hits(local)
                .map(hit -> LocalClock.instantOf(hit, zone))
                .filter(opening -> opening.isAfter(instant))
                .findFirst();
    }

    /** The local times that the fields describe, later than one of them, oldest first. */
    Stream<LocalDateTime> hits(LocalDateTime after) {
        if (after.getYear() > LAST_YEAR) {
            return Stream.empty();
        }
        ZonedDateTime minutes = after.minusSeconds(second).atZone(ZoneOffset.UTC);
        return Stream.iterate(
                        times.nextExecution(minutes), Optional::isPresent, hit -> hit.flatMap(times::nextExecution))
                .flatMap(Optional::stream)
                .map(hit -> hit.toLocalDateTime().plusSeconds(second));
    }

    @Override
    public String text() {
        return "cron(" + expression + ")";
    }

    /** The same fields are the same schedule; what was made of them cannot be compared. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CronSchedule cron && expression.equals(cron.expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }
}
