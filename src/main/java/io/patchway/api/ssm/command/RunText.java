package io.patchway.api.ssm.command;

import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import java.util.List;
import java.util.stream.Collectors;

/** What a run did, for people: its verdict, what became of patches, and its time line. */
final class RunText {
    private RunText() {}

    /** The whole story. */
    static String output(RunReport run) {
        StringBuilder text = new StringBuilder();
        text.append("%s: %s%n".formatted(run.server(), run.state()));
        text.append("Rounds: %d, reboots: %d%n".formatted(run.rounds(), run.reboots()));
        run.lastError().ifPresent(error -> text.append("Last trouble: %s%n".formatted(error)));
        for (Outcome outcome : Outcome.values()) {
            append(text, outcome, run.changes());
        }
        text.append("%nTime line (UTC)%n".formatted());
        for (RunNote note : run.notes()) {
            text.append("%s %s, round %d: %s%n".formatted(note.at(), note.state(), note.round(), note.text()));
        }
        return text.toString();
    }

    /** What went wrong; empty when nothing did. */
    static String errors(RunReport run) {
        String failed = run.changes().stream()
                .filter(change -> change.outcome() == Outcome.FAILED)
                .map(change -> line(change) + "\n")
                .collect(Collectors.joining());
        return run.lastError().map(error -> error + "\n").orElse("") + failed;
    }

    private static void append(StringBuilder text, Outcome outcome, List<PatchChange> changes) {
        List<PatchChange> own =
                changes.stream().filter(change -> change.outcome() == outcome).toList();
        if (!own.isEmpty()) {
            text.append("%n%s (%d)%n".formatted(title(outcome), own.size()));
            own.forEach(change -> text.append("  ").append(line(change)).append('\n'));
        }
    }

    private static String title(Outcome outcome) {
        return switch (outcome) {
            case INSTALLED -> "Installed";
            case FAILED -> "Failed";
            case SKIPPED -> "Left out on purpose";
            case MISSING -> "Approved and missing";
        };
    }

    private static String line(PatchChange change) {
        return change.key()
                + change.before().map(before -> " " + before + " ->").orElse("")
                + " " + change.after()
                + (change.advisories().isEmpty() ? "" : " [" + String.join(", ", change.advisories()) + "]")
                + (change.reason().isEmpty() ? "" : ": " + change.reason());
    }

    /** The beginning of a text, with a word that it was cut. */
    static String cut(String text, int longest) {
        String ending = "\n--output truncated--";
        return text.length() <= longest ? text : text.substring(0, longest - ending.length()) + ending;
    }
}
