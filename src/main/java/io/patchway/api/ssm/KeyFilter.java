package io.patchway.api.ssm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** A filter of a list: a member, and what it may be. */
public record KeyFilter(
        @JsonProperty("Key") String key,
        @JsonProperty("Values") List<String> values) {

    public KeyFilter {
        key = key == null ? "" : key;
        values = values == null ? List.of() : List.copyOf(values);
    }

    /**
     * The entries that pass all filters; case and underscores do not count.
     *
     * @param members how to read what each key stands for
     * @param code of the error when a key is not among them
     */
    public static <T> List<T> passing(
            List<KeyFilter> filters, List<T> entries, Map<String, Function<T, String>> members, String code) {
        filters.forEach(filter -> check(filter.key(), members, code));
        if (filters.isEmpty()) {
            return entries;
        }
        return entries.stream()
                .filter(entry -> filters.stream().allMatch(filter -> filter.passes(entry, members)))
                .toList();
    }

    private static <T> void check(String key, Map<String, Function<T, String>> members, String code) {
        if (key == null || !members.containsKey(key)) {
            throw new SsmException(
                    code,
                    "The filter key '" + key + "' is not valid; it must be one of "
                            + String.join(", ", new TreeSet<>(members.keySet())));
        }
    }

    private <T> boolean passes(T entry, Map<String, Function<T, String>> members) {
        String actual = plain(members.get(key).apply(entry));
        return values.stream().map(KeyFilter::plain).anyMatch(actual::equals);
    }

    private static String plain(String text) {
        return text.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
