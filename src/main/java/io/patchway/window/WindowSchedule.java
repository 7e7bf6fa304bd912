package io.patchway.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A rule that says when something opens, in the words of AWS maintenance windows. */
public sealed interface WindowSchedule permits CronSchedule, RateSchedule, OnceSchedule, DelayedSchedule {

    /**
     * The first opening later than an instant.
     *
     * @param zone where the rule's local times are read
     * @param start the local time from which a rate counts
     * @return empty when there is none any more
     */
    Optional<Instant> nextAfter(Instant instant, ZoneId zone, Optional<LocalDateTime> start);

    /** The rule in the words that it is read from. */
    String text();

    /**
     * Reads {@code cron(…)} with six or seven fields, {@code rate(…)} or {@code at(…)}.
     *
     * @throws IllegalArgumentException when it is none of them; the message says what is allowed
     */
    static WindowSchedule of(String expression) {
        int open = expression.indexOf('(');
        String kind = open < 0 ? "" : expression.substring(0, open);
        if (!expression.endsWith(")")) {
            kind = "";
        }
        String inside = kind.isEmpty()
                ? ""
                : expression.substring(open + 1, expression.length() - 1).strip();
        return switch (kind) {
            case "cron" -> CronSchedule.of(inside);
            case "rate" -> RateSchedule.of(inside);
            case "at" -> OnceSchedule.of(inside);
            default ->
                throw new IllegalArgumentException(
                        "must be cron(minute hour day-of-month month day-of-week year), such as"
                                + " cron(0 2 ? * SUN *), or rate(7 days), or at(2026-12-31T22:00:00)");
        };
    }
}
