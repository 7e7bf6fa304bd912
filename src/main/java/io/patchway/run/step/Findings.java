package io.patchway.run.step;

import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import io.patchway.patch.WindowsUpdate;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.ServerRun;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Turns what a baseline decided into the entries of the report. */
final class Findings {
    private static final Set<Verdict> LEFT_OUT = EnumSet.of(Verdict.HELD, Verdict.EXCLUDED, Verdict.REJECTED);

    private Findings() {}

    /** What was left out on purpose; for a scan also what is missing. */
    static List<PatchChange> of(ServerRun run, Evaluation evaluation) {
        Stream<PatchChange> skipped = evaluation.decisions().stream()
                .filter(decision -> LEFT_OUT.contains(decision.verdict()))
                .map(decision -> change(
                        0, decision.patch(), Outcome.SKIPPED, decision.reason().text()));
        Stream<PatchChange> missing = run.request().operation() == Operation.SCAN
                ? evaluation.missing().stream().map(patch -> change(0, patch, Outcome.MISSING, ""))
                : Stream.empty();
        return Stream.concat(skipped, missing).toList();
    }

    static PatchChange change(int round, Patch patch, Outcome outcome, String reason) {
        return new PatchChange(
                round,
                patch.key(),
                patch.installed().map(Object::toString),
                patch.version().toString(),
                outcome,
                patch.classification(),
                patch.severity(),
                patch.advisories().stream().map(Advisory::id).toList(),
                patch.allCves(),
                patch.windows().map(WindowsUpdate::title).orElse(""),
                reason);
    }
}
