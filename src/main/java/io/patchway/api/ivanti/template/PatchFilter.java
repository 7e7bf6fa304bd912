package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which patches a scan looks for.
 *
 * @param groupUse what the patch groups are for
 * @param groups numbers of patch groups
 * @param security severities of security patches that count
 * @param nonSecurity severities of other patches that count
 */
public record PatchFilter(GroupUse groupUse, List<Integer> groups, List<String> security, List<String> nonSecurity) {
    /** Every severity, in the order in which they are told. */
    static final List<String> SEVERITIES = List.of("Critical", "Important", "Moderate", "Low", "Unassigned");

    private static final String NONE = "None";
    private static final String ALL = "All";

    /** What patch groups are for. */
    public enum GroupUse {
        NONE("None"),
        /** Only what is in the groups counts. */
        SCAN("Scan"),
        /** What is in the groups does not count. */
        SKIP("Skip");

        private final String word;

        GroupUse(String word) {
            this.word = word;
        }
    }

    public PatchFilter {
        groups = List.copyOf(groups);
        security = List.copyOf(security);
        nonSecurity = List.copyOf(nonSecurity);
    }

    /** Security patches of every severity. */
    static final PatchFilter SECURITY = new PatchFilter(GroupUse.NONE, List.of(), SEVERITIES, List.of());

    /** Everything that is on offer. */
    static final PatchFilter EVERYTHING = new PatchFilter(GroupUse.NONE, List.of(), SEVERITIES, SEVERITIES);

    static PatchFilter read(Body body) {
        String word = body.word(
                        "patchGroupFilterType",
                        Arrays.stream(GroupUse.values()).map(use -> use.word).toList())
                .orElse(GroupUse.NONE.word);
        GroupUse use = Arrays.stream(GroupUse.values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow();
        List<Integer> groups = body.numbers("patchGroupIds").stream().distinct().toList();
        if (use == GroupUse.NONE && !groups.isEmpty()) {
            throw IvantiRefusal.of(
                    "patchFilter.patchGroupIds", "has no meaning unless patchGroupFilterType is Scan or Skip");
        }
        if (use != GroupUse.NONE && groups.isEmpty()) {
            throw IvantiRefusal.of("patchFilter.patchGroupIds", "is required with patchGroupFilterType " + use.word);
        }
        return body.object("patchPropertyFilter")
                .map(property -> new PatchFilter(
                        use,
                        groups,
                        severities(property, "securityPatchSeverities", SEVERITIES),
                        severities(property, "nonSecurityPatchSeverities", List.of())))
                .orElseGet(() -> new PatchFilter(use, groups, SEVERITIES, List.of()));
    }

    /** An array of words, or the words of one text, as .NET writes flags. */
    private static List<String> severities(Body body, String name, List<String> otherwise) {
        List<String> given = body.texts(name).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .toList();
        if (given.isEmpty()) {
            return otherwise;
        }
        Set<String> found = given.stream()
                .flatMap(word -> severity("patchFilter.patchPropertyFilter." + name, word))
                .collect(Collectors.toSet());
        return SEVERITIES.stream().filter(found::contains).toList();
    }

    private static Stream<String> severity(String name, String word) {
        if (word.equalsIgnoreCase(NONE)) {
            return Stream.empty();
        }
        if (word.equalsIgnoreCase(ALL)) {
            return SEVERITIES.stream();
        }
        return Stream.of(SEVERITIES.stream()
                .filter(word::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> IvantiRefusal.of(
                        name,
                        "must hold None, All or some of " + String.join(", ", SEVERITIES) + ", but is '" + word
                                + "'")));
    }

    /** The same filter as answers tell it. */
    Map<String, Object> told() {
        return Map.of(
                "patchGroupFilterType",
                groupUse.word,
                "patchGroupIds",
                groups,
                "patchPropertyFilter",
                Map.of(
                        "customActions",
                        false,
                        "nonSecurityPatchSeverities",
                        flags(nonSecurity),
                        "securityPatchSeverities",
                        flags(security),
                        "securityTools",
                        false),
                "scanFor",
                "NecessaryExplicitlyInstalled",
                "softwareDistribution",
                false,
                "vendorFamilyProductFilter",
                Map.of());
    }

    private static String flags(List<String> words) {
        return words.isEmpty() ? NONE : String.join(", ", words);
    }
}
