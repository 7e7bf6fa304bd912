package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a well-formed baseline may still get wrong: members that do not fit its operating system, and so would never
 * match. The same for every door that baselines come in by.
 */
public final class BaselineRules {
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]");

    /**
     * A mistake.
     *
     * @param member where it is, such as {@code ApprovalRules.PatchRules[0].PatchFilterGroup.PatchFilters[1].Key}
     * @param message what is wrong and what is allowed
     */
    public record Mistake(String member, String message) {}

    private final PatchBaseline baseline;
    private final OperatingSystem system;
    private final List<Mistake> mistakes = new ArrayList<>();

    private BaselineRules(PatchBaseline baseline) {
        this.baseline = baseline;
        this.system = baseline.operatingSystem();
    }

    /** Every mistake, in the order of the members; empty for a good baseline. */
    public static List<Mistake> mistakes(PatchBaseline baseline) {
        return new BaselineRules(baseline).all();
    }

    private List<Mistake> all() {
        checkFilters("GlobalFilters", baseline.globalFilters());
        for (int i = 0; i < baseline.approvalRules().size(); i++) {
            checkFilters(
                    "ApprovalRules.PatchRules[" + i + "].PatchFilterGroup",
                    baseline.approvalRules().get(i).filters());
        }
        checkNames("ApprovedPatches", baseline.approvedPatches());
        checkNames("RejectedPatches", baseline.rejectedPatches());
        checkLinuxOnly();
        return List.copyOf(mistakes);
    }

    private void checkFilters(String group, List<PatchFilter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            String member = group + ".PatchFilters[" + i + "]";
            PatchFilter filter = filters.get(i);
            FilterVocabulary vocabulary = FilterVocabulary.of(system.family());
            if (!vocabulary.allows(filter.key())) {
                mistakes.add(new Mistake(
                        member + ".Key",
                        "must be one of " + vocabulary.keys() + " for " + system + ", but is " + filter.key()));
            } else {
                checkValues(member, filter, vocabulary);
            }
        }
    }

    private void checkValues(String member, PatchFilter filter, FilterVocabulary vocabulary) {
        for (int i = 0; i < filter.values().size(); i++) {
            String value = filter.values().get(i);
            Optional<List<String>> allowed = vocabulary.values(filter.key());
            boolean fits = allowed.isEmpty()
                    || value.equals("*")
                    || allowed.get().stream().anyMatch(value::equalsIgnoreCase);
            if (!fits) {
                mistakes.add(new Mistake(
                        member + ".Values[" + i + "]",
                        "must be one of " + String.join(", ", allowed.get()) + " or * for " + filter.key()
                                + ", but is '" + value + "'"));
            }
        }
    }

    private void checkNames(String member, List<String> names) {
        boolean exact = system.family() == PatchFamily.WINDOWS || system.family() == PatchFamily.MACOS;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (BLANK.matcher(name).find()) {
                mistakes.add(new Mistake(
                        member + "[" + i + "]", "must be one name or id without blanks, but is '" + name + "'"));
            } else if (exact && name.indexOf('*') >= 0) {
                mistakes.add(new Mistake(
                        member + "[" + i + "]",
                        "must be a whole name; " + system + " knows no wildcards, but it is '" + name + "'"));
            }
        }
    }

    private void checkLinuxOnly() {
        boolean linux = system.family() != PatchFamily.WINDOWS && system.family() != PatchFamily.MACOS;
        if (!linux && !baseline.sources().isEmpty()) {
            mistakes.add(new Mistake("Sources", "are for Linux only, but the baseline is for " + system));
        }
    }
}
