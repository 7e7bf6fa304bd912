package io.patchway.baseline;

import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.Patch;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which packages may not even come in as a dependency. */
public final class BlockedNames {
    private static final Pattern NAME_PATTERN = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9+._*-]*");

    private BlockedNames() {}

    /**
     * Patterns for package names ({@code *} is the only wildcard), in alphabetical order; none unless the rejected
     * patches of the baseline are blocked.
     *
     * <p>An entry that is a name or a name pattern is given as it is. An entry with more than a name (a version, the
     * name of a SUSE patch) is given as the names of the offered packages that it rejects, except those that are to be
     * installed in another, approved version.
     */
    public static List<String> of(PatchBaseline baseline, Evaluation evaluation) {
        if (baseline.rejectedPatchesAction() != RejectedPatchesAction.BLOCK) {
            return List.of();
        }
        List<String> entries = baseline.rejectedPatches().stream()
                .filter(entry -> NAME_PATTERN.matcher(entry).matches())
                .toList();
        NamePatterns byName = new NamePatterns(entries);
        Set<String> wanted =
                evaluation.missing().stream().map(BlockedNames::name).collect(Collectors.toSet());
        Stream<String> byVersion = evaluation.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.REJECTED)
                .map(decision -> name(decision.patch()))
                .filter(name -> byName.match(name).isEmpty() && !wanted.contains(name));
        return Stream.concat(entries.stream(), byVersion).distinct().sorted().toList();
    }

    private static String name(Patch patch) {
        return patch.key().name();
    }
}
