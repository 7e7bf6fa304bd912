package io.patchway.mail;

import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The patches of one server that had the same fate.
 *
 * @param lines the patches as lines of plain text
 * @param more how many patches are not listed, in words; empty when all are
 */
record ChangeGroup(String title, Tone tone, List<PatchLine> patches, List<String> lines, String more) {
    private static final int LISTED_PATCHES = 100;
    private static final int LISTED_NAMES = 12;

    /**
     * One patch.
     *
     * @param version before and after
     * @param remark why it was skipped or failed; empty otherwise
     * @param notices advisories, severity and CVEs
     */
    record PatchLine(String name, String version, String remark, String notices) {}

    static ChangeGroup of(Outcome outcome, Operation operation, List<PatchChange> changes) {
        List<PatchLine> patches =
                changes.stream().limit(LISTED_PATCHES).map(ChangeGroup::line).toList();
        int unlisted = changes.size() - patches.size();
        return new ChangeGroup(
                Wording.count(changes.size(), "patch", "patches") + " " + word(outcome, operation),
                tone(outcome, operation),
                patches,
                lines(patches),
                unlisted == 0 ? "" : "and " + Wording.count(unlisted, "more patch", "more patches"));
    }

    private static String word(Outcome outcome, Operation operation) {
        return switch (outcome) {
            case INSTALLED -> "installed";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
            case MISSING -> operation == Operation.SCAN ? "approved and missing" : "still missing";
        };
    }

    private static Tone tone(Outcome outcome, Operation operation) {
        return switch (outcome) {
            case INSTALLED -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case SKIPPED -> Tone.CALM;
            case MISSING -> operation == Operation.SCAN ? Tone.CAUTION : Tone.BAD;
        };
    }

    private static PatchLine line(PatchChange change) {
        String notices = Stream.of(listed(change.advisories()), severity(change.severity()), listed(change.cves()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
        return new PatchLine(
                change.key().toString(), versions(change), change.reason().strip(), notices);
    }

    private static String versions(PatchChange change) {
        return change.before().map(before -> before + " → " + change.after()).orElse("new: " + change.after());
    }

    private static String severity(String severity) {
        return "None".equals(severity) ? "" : severity;
    }

    private static String listed(List<String> names) {
        String shown = names.stream().limit(LISTED_NAMES).collect(Collectors.joining(", "));
        return names.size() <= LISTED_NAMES ? shown : shown + " and " + (names.size() - LISTED_NAMES) + " more";
    }

    private static List<String> lines(List<PatchLine> patches) {
        List<String> heads = PlainText.table(patches.stream()
                .map(patch -> List.of(patch.name(), patch.version()))
                .toList());
        return IntStream.range(0, patches.size())
                .boxed()
                .flatMap(i -> Stream.concat(Stream.of("      " + heads.get(i)), small(patches.get(i)).stream()))
                .toList();
    }

    private static List<String> small(PatchLine patch) {
        List<String> lines = new ArrayList<>();
        Stream.of(patch.remark(), patch.notices())
                .filter(text -> !text.isEmpty())
                .forEach(text -> lines.addAll(PlainText.wrap(text, "          ")));
        return lines;
    }
}
