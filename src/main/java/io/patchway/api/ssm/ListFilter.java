package io.patchway.api.ssm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** One entry of {@code Filters}: any of the values is enough; of several entries all count. */
public record ListFilter(
        @JsonProperty("Key") String key,
        @JsonProperty("Values") List<String> values) {
    public ListFilter {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /**
     * What all entries together let through.
     *
     * @param keys how an entry is compared with one of its values, by the keys that the operation knows
     * @throws SsmException {@code ValidationException} for another key
     */
    public static <T> Predicate<T> all(List<ListFilter> filters, Map<String, BiPredicate<T, String>> keys) {
        Predicate<T> all = each -> true;
        for (ListFilter filter : filters) {
            BiPredicate<T, String> matches = keys.get(filter.key() == null ? "" : filter.key());
            if (matches == null) {
                throw SsmException.invalid("Filters: the key '" + filter.key() + "' is not supported; use one of "
                        + keys.keySet().stream().sorted().toList());
            }
            all = all.and(each -> filter.values().stream().anyMatch(value -> matches.test(each, value)));
        }
        return all;
    }
}
