package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.SsmException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A filter of compliance lists.
 *
 * @param type {@code EQUAL} (also when it is left out), {@code NOT_EQUAL} or {@code BEGIN_WITH}
 */
record ComplianceFilter(
        @JsonProperty("Key") String key,
        @JsonProperty("Values") List<String> values,
        @JsonProperty("Type") String type) {

    ComplianceFilter {
        values = values == null ? List.of() : List.copyOf(values);
        type = type == null ? "EQUAL" : type;
    }

    /** @throws SsmException {@code InvalidFilter} when a filter has no meaning for the list */
    static <T> void check(List<ComplianceFilter> filters, Map<String, Function<T, String>> members) {
        for (ComplianceFilter filter : filters) {
            if (filter.key() == null || !members.containsKey(filter.key())) {
                throw new SsmException(
                        "InvalidFilter",
                        "The filter key '" + filter.key() + "' is not valid; it must be one of "
                                + String.join(", ", new TreeSet<>(members.keySet())));
            }
            if (filter.type().endsWith("_THAN")) {
                throw new SsmException(
                        "InvalidFilter",
                        "The filter " + filter.key() + " cannot be of type " + filter.type()
                                + "; use EQUAL, NOT_EQUAL or BEGIN_WITH");
            }
        }
    }

    /** Whether an entry passes all filters; of the values of one filter it needs one. */
    static <T> boolean pass(List<ComplianceFilter> filters, T entry, Map<String, Function<T, String>> members) {
        return filters.stream()
                .allMatch(filter -> filter.passes(members.get(filter.key()).apply(entry)));
    }

    private boolean passes(String actual) {
        return switch (type) {
            case "NOT_EQUAL" -> !values.contains(actual);
            case "BEGIN_WITH" -> values.stream().anyMatch(actual::startsWith);
            default -> values.contains(actual);
        };
    }
}
