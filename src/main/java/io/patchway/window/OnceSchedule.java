package io.patchway.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Opens once. */
public record OnceSchedule(LocalDateTime time) implements WindowSchedule {

    static OnceSchedule of(String text) {
        try {
            return new OnceSchedule(LocalDateTime.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("at(…) must be such as at(2026-12-31T22:00:00)", e);
        }
    }

    @Override
    public String text() {
        return "at(" + time.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + ")";
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant, ZoneId zone, Optional<LocalDateTime> start) {
        return Optional.of(time)
                .filter(local -> start.stream().noneMatch(local::isBefore))
                .map(local -> LocalClock.instantOf(local, zone))
                .filter(opening -> opening.isAfter(instant));
    }
}
