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
import java.util.Optional;

/**
 * Opens at local times that a cron expression describes: minute, hour, day of month, month, day of week (1 is Sunday),
 * year.
 *
 * <p>The expression is evaluated on a calendar without daylight saving; only then is each local time turned into an
 * instant. So an opening that falls into the hour that the clocks skip still happens, right after the gap, and one that
 * falls into the hour that they repeat happens once.
 *
 * @param expression the six fields, as they were written
 */
public record CronSchedule(String expression, ExecutionTime times) implements WindowSchedule {
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
            .withValidRange(1970, 2199)
            .withStrictRange()
            .and()
            .instance();

    static CronSchedule of(String expression) {
        String[] fields = expression.split("\\s+", -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("cron(…) needs six fields (minute hour day-of-month month day-of-week"
                    + " year), but has " + fields.length);
        }
        if (!isOpen(fields[2]) && !isOpen(fields[4])) {
            throw new IllegalArgumentException(
                    "cron(…) may name days of the month or days of the week; put ? for the other");
        }
        try {
            Cron cron = new CronParser(AWS).parse(expression).validate();
            return new CronSchedule(expression, ExecutionTime.forCron(cron));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cron(" + expression + ") is not understood: " + e.getMessage(), e);
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
        Optional<ZonedDateTime> candidate = times.nextExecution(local.atZone(ZoneOffset.UTC));
        while (candidate.isPresent()) {
            Instant opening = LocalClock.instantOf(candidate.get().toLocalDateTime(), zone);
            if (opening.isAfter(instant)) {
                return Optional.of(opening);
            }
            candidate = times.nextExecution(candidate.get());
        }
        return Optional.empty();
    }
}
