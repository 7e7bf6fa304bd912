package io.patchway.api.ivanti;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A page of a list.
 *
 * @param count rows in this page
 * @param links {@code next}, when there are more rows; empty on the last page
 */
public record Envelope<T>(int count, Map<String, Map<String, String>> links, List<T> value) {

    public Envelope {
        links = Map.copyOf(links);
        value = List.copyOf(value);
    }

    /** A list that is told whole. */
    public static <T> Envelope<T> whole(List<T> rows) {
        return new Envelope<>(rows.size(), Map.of(), rows);
    }

    /**
     * A page whose next one begins at another {@code start}. What else the query asked for stays as it was.
     *
     * @param path of the list, such as {@code patch/scans}
     * @param next empty on the last page
     */
    public static <T> Envelope<T> page(
            IvantiCall call, String path, int count, Optional<? extends Number> next, List<T> rows) {
        return new Envelope<>(
                rows.size(),
                next.map(start -> Map.of(
                                "next",
                                Map.of("href", call.links().to(path) + "?" + query(call.query(), count, start))))
                        .orElse(Map.of()),
                rows);
    }

    private static String query(Query given, int count, Number start) {
        StringJoiner query = new StringJoiner("&");
        query.add("count=" + count);
        given.without("count", "start")
                .forEach((name, values) -> values.stream()
                        .filter(value -> !value.isBlank())
                        .forEach(value -> query.add(encoded(name) + "=" + encoded(value))));
        query.add("start=" + start);
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
