package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.SsmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** One filter of a list about maintenance windows: one of the values must fit. */
record WindowFilter(
        @JsonProperty("Key") Optional<String> key,
        @JsonProperty("Values") List<String> values) {

    /** Nothing is ever planned for later. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    WindowFilter {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /**
     * What fulfils all filters.
     *
     * @param properties what the keys stand for
     * @throws SsmException {@code ValidationException} for another key
     */
    static <T> Predicate<T> all(List<WindowFilter> filters, Map<String, Function<T, Optional<String>>> properties) {
        Predicate<T> all = entry -> true;
        for (WindowFilter filter : filters) {
            Function<T, Optional<String>> property = properties.get(filter.key().orElse(""));
            if (property == null) {
                throw filter.unknownKey(new TreeSet<>(properties.keySet()));
            }
            all = all.and(entry -> property.apply(entry).filter(filter::fits).isPresent());
        }
        return all;
    }

    private boolean fits(String value) {
        return values.stream().anyMatch(value::equalsIgnoreCase);
    }

    /** The one time that is asked for; empty when no filter has the key. */
    static Optional<Instant> time(List<WindowFilter> filters, String key) {
        return filters.stream()
                .filter(filter -> filter.key().filter(key::equals).isPresent())
                .findFirst()
                .map(WindowFilter::time);
    }

    /** @throws SsmException {@code ValidationException} when a filter has a key that is not among these */
    static void allow(List<WindowFilter> filters, String... keys) {
        filters.stream()
                .filter(filter -> !List.of(keys).contains(filter.key().orElse("")))
                .findFirst()
                .ifPresent(filter -> {
                    throw filter.unknownKey(new TreeSet<>(List.of(keys)));
                });
    }

    private Instant time() {
        String text = values.stream().findFirst().orElse("");
        try {
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            Instant instant = time instanceof ZonedDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
            return instant.isAfter(LATEST) ? LATEST : instant;
        } catch (DateTimeException e) {
            throw SsmException.invalid("The filter " + key.orElse("") + " needs a time in ISO 8601 such as"
                    + " 2026-12-31T22:00:00Z, but has '" + text + "'");
        }
    }

    private SsmException unknownKey(TreeSet<String> known) {
        return SsmException.invalid(
                "The filter key '" + key.orElse("") + "' is not supported; use " + String.join(", ", known));
    }
}
