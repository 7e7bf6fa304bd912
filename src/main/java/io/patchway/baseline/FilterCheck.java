package io.patchway.baseline;

import io.patchway.baseline.PatchDecision.Reason;
import io.patchway.patch.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A filter ready to be held against many patches. Belongs to one thread. */
final class FilterCheck {
    private static final String ANYTHING = "*";

    private final FilterKey key;
    private final List<String> allowed;
    private final boolean matchesAnything;
    private final FamilyProperties properties;
    private final String place;
    private final String lead;
    private final Map<List<String>, Reason> refusals = new HashMap<>();

    /**
     * @param place what a refusal names as its decider, such as {@code GlobalFilters[0]}
     * @param lead how the sentence of a refusal begins
     */
    FilterCheck(PatchFilter filter, FamilyProperties properties, String place, String lead) {
        this.key = filter.key();
        this.allowed = filter.values().stream().map(this::comparable).toList();
        this.matchesAnything = allowed.contains(ANYTHING);
        this.properties = properties;
        this.place = place;
        this.lead = lead;
    }

    boolean matches(PatchView view) {
        if (matchesAnything) {
            return true;
        }
        for (String value : properties.values(key, view)) {
            if (allows(value)) {
                return true;
            }
        }
        return false;
    }

    /** Why it does not match; the sentence is made once for each combination of values. */
    Reason refusal(PatchView view) {
        return refusals.computeIfAbsent(properties.values(key, view), this::refusal);
    }

    private Reason refusal(List<String> values) {
        String has = values.isEmpty() ? "it has no " + key : "its " + key + " is " + String.join(", ", values);
        return new Reason(place, lead + has + ", allowed is " + String.join(", ", allowed));
    }

    private boolean allows(String value) {
        for (String candidate : allowed) {
            if (candidate.equalsIgnoreCase(value)) {
                return true;
            }
        }
        return false;
    }

    /** {@code Medium} and {@code Moderate} are one severity. */
    private String comparable(String value) {
        boolean severity = key == FilterKey.SEVERITY || key == FilterKey.MSRC_SEVERITY;
        return severity ? new Severity(value).word() : value;
    }
}
