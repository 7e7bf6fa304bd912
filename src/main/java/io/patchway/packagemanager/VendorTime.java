package io.patchway.packagemanager;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The dates of package managers and their repositories; without a zone they mean UTC. */
final class VendorTime {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern DATE_AND_TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d(:\\d\\d)?)(\\.\\d+)?( ?(UTC|GMT|Z))?");

    private VendorTime() {}

    /** @return empty when there is none, or it is written in no known way */
    static Optional<Instant> parse(String text) {
        try {
            return parseStrictly(text.strip());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> parseStrictly(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        var parts = DATE_AND_TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String local = parts.group(1) + "T" + parts.group(2);
        return Optional.of(LocalDateTime.parse(local, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                .toInstant(ZoneOffset.UTC));
    }
}
