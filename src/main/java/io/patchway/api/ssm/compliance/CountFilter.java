package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.SsmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A filter of nodes by one of their figures.
 *
 * @param values exactly one number
 * @param type {@code Equal}, {@code NotEqual}, {@code LessThan} or {@code GreaterThan}
 */
record CountFilter(
        @JsonProperty("Key") String key,
        @JsonProperty("Values") List<String> values,
        @JsonProperty("Type") String type) {

    private static final Map<String, ToIntFunction<NodeState>> FIGURES = new TreeMap<>(Map.ofEntries(
            Map.entry("InstalledCount", NodeState::installed),
            Map.entry("InstalledOtherCount", NodeState::installedOther),
            Map.entry("InstalledPendingRebootCount", NodeState::installedPendingReboot),
            Map.entry("InstalledRejectedCount", NodeState::installedRejected),
            Map.entry("MissingCount", NodeState::missing),
            Map.entry("FailedCount", NodeState::failed),
            Map.entry("NotApplicableCount", NodeState::notApplicable),
            Map.entry("UnreportedNotApplicableCount", NodeState::unreportedNotApplicable),
            Map.entry("AvailableSecurityUpdateCount", NodeState::availableSecurityUpdate),
            Map.entry("CriticalNonCompliantCount", NodeState::criticalNonCompliant),
            Map.entry("SecurityNonCompliantCount", NodeState::securityNonCompliant),
            Map.entry("OtherNonCompliantCount", NodeState::otherNonCompliant)));

    CountFilter {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /** @throws SsmException {@code InvalidFilter} when the key names no figure or the value is no number */
    void check() {
        if (!FIGURES.containsKey(key)) {
            throw invalid("The filter key '" + key + "' is not valid; it must be one of "
                    + String.join(", ", FIGURES.keySet()));
        }
        number();
    }

    boolean passes(NodeState state) {
        int figure = FIGURES.get(key).applyAsInt(state);
        int wanted = number();
        return switch (type == null ? "" : type) {
            case "Equal" -> figure == wanted;
            case "NotEqual" -> figure != wanted;
            case "LessThan" -> figure < wanted;
            case "GreaterThan" -> figure > wanted;
            default -> throw invalid("The filter type '" + type + "' is not valid");
        };
    }

    private int number() {
        String text = values.size() == 1 ? values.getFirst() : "";
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw invalid("The filter " + key + " needs one whole number; it has '" + String.join(", ", values) + "'");
        }
    }

    private static SsmException invalid(String message) {
        return new SsmException("InvalidFilter", message);
    }
}
