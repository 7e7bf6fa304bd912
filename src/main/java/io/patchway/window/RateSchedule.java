package io.patchway.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens every so often, beginning at the start of the schedule. A rate in days keeps the time of day; one in minutes or
 * hours counts real time.
 *
 * @param amount at least 1; minutes at least 5
 */
public record RateSchedule(int amount, ChronoUnit unit) implements WindowSchedule {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5}) (minute|hour|day)(s?)");

    static RateSchedule of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || form.group(1).equals("1") != form.group(3).isEmpty()) {
            throw new IllegalArgumentException(
                    "rate(…) must be such as rate(1 day), rate(12 hours) or rate(30 minutes)");
        }
        int amount = Integer.parseInt(form.group(1));
        ChronoUnit unit = ChronoUnit.valueOf(form.group(2).toUpperCase(Locale.ROOT) + "S");
        if (unit == ChronoUnit.MINUTES && amount < 5) {
            throw new IllegalArgumentException("rate(…) must not be shorter than 5 minutes");
        }
        return new RateSchedule(amount, unit);
    }

    @Override
    public String text() {
        String word = unit.name().toLowerCase(Locale.ROOT);
        return "rate(" + amount + " " + (amount == 1 ? word.substring(0, word.length() - 1) : word) + ")";
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant, ZoneId zone, Optional<LocalDateTime> start) {
        LocalDateTime from =
                start.orElseThrow(() -> new IllegalArgumentException("a rate needs a start from which it counts"));
        Instant first = LocalClock.instantOf(from, zone);
        if (first.isAfter(instant)) {
            return Optional.of(first);
        }
        return Optional.of(unit == ChronoUnit.DAYS ? nextDay(instant, zone, from) : nextStep(instant, first));
    }

    private Instant nextStep(Instant instant, Instant first) {
        long steps = first.until(instant, unit) / amount + 1;
        return first.plus(steps * amount, unit);
    }

    private Instant nextDay(Instant instant, ZoneId zone, LocalDateTime from) {
        long steps = from.until(LocalDateTime.ofInstant(instant, zone), ChronoUnit.DAYS) / amount;
        Instant opening = LocalClock.instantOf(from.plusDays(steps * amount), zone);
        while (!opening.isAfter(instant)) {
            steps++;
            opening = LocalClock.instantOf(from.plusDays(steps * amount), zone);
        }
        return opening;
    }
}
