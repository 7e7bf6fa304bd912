package io.patchway.api.ivanti;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The query of a call: names in any letter case, empty values as if they were not there, strict in what they mean. */
public final class Query {
    /** The most rows of one page. */
    public static final int MOST_COUNT = 1000;

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Query(Map<String, List<String>> given) {
        given.forEach((name, texts) ->
                values.computeIfAbsent(name, first -> new ArrayList<>()).addAll(texts));
    }

    /** @throws IvantiRefusal when the name comes twice */
    public Optional<String> text(String name) {
        List<String> texts = values.getOrDefault(name, List.of()).stream()
                .filter(text -> !text.isBlank())
                .toList();
        if (texts.size() > 1) {
            throw IvantiRefusal.of(name, "may be given only once");
        }
        return texts.stream().findFirst();
    }

    /** Values that come separated by commas, or under one name several times. */
    public List<String> texts(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public Optional<Integer> number(String name, int least, int most) {
        return text(name).map(text -> {
            try {
                int number = Integer.parseInt(text.strip());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw IvantiRefusal.of(name, bounds(least, most) + ", but is '" + text + "'");
            }
            throw IvantiRefusal.of(name, bounds(least, most) + ", but is " + text);
        });
    }

    private static String bounds(int least, int most) {
        return most == Integer.MAX_VALUE
                ? "must be a whole number from " + least + " up"
                : "must be a whole number from " + least + " to " + most;
    }

    /** How many rows are asked for. */
    public int count(int otherwise) {
        return number("count", 1, MOST_COUNT).orElse(otherwise);
    }

    /** From where on; what that means depends on the list. */
    public int start() {
        return number("start", 0, Integer.MAX_VALUE).orElse(0);
    }

    public Optional<Boolean> truth(String name) {
        return text(name)
                .map(text -> Truths.read(text)
                        .orElseThrow(() -> IvantiRefusal.of(name, "must be true or false, but is '" + text + "'")));
    }

    /** A time in ISO 8601. Without an offset it is UTC; a day without a time is its first instant. */
    public Optional<Instant> time(String name) {
        return text(name).map(text -> {
            // A plus sign that nobody encoded arrives as a blank.
            String plain = text.strip().toUpperCase(Locale.ROOT).replaceFirst(" (?=\\d\\d:?\\d\\d$)(?<=T.{5,30})", "+");
            try {
                return readTime(plain);
            } catch (DateTimeException e) {
                throw IvantiRefusal.of(name, "must be a time such as 2018-06-26T15:21:54Z, but is '" + text + "'");
            }
        });
    }

    private static Instant readTime(String text) {
        Instant time;
        if (text.length() <= "2018-06-26".length()) {
            time = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } else if (text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")) {
            time = OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                    .toInstant();
        } else {
            time = LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        }
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("out of range");
        }
        return time;
    }

    /** All of it but one name, to build the address of the next page from. */
    Map<String, List<String>> without(String... names) {
        Map<String, List<String>> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        rest.putAll(values);
        for (String name : names) {
            rest.remove(name);
        }
        return rest;
    }
}
