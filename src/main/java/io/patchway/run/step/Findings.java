package io.patchway.run.step;

import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PatchDecision;
import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.ServerRun;
import java.util.List;
import java.util.Optional;

/** Turns what a baseline decided into the entries of the report. */
final class Findings {
    private Findings() {}

    /** What was left out on purpose; for a scan also what is missing. */
    static List<PatchChange> of(ServerRun run, Evaluation evaluation) {
        return evaluation.decisions().stream()
                .flatMap(decision -> outcome(run, decision).stream()
                        .map(outcome -> change(
                                0,
                                decision.patch(),
                                outcome,
                                outcome == Outcome.SKIPPED ? decision.reason().text() : "")))
                .toList();
    }

    private static Optional<Outcome> outcome(ServerRun run, PatchDecision decision) {
        return switch (decision.verdict()) {
            case HELD, EXCLUDED, REJECTED -> Optional.of(Outcome.SKIPPED);
            case APPROVED ->
                run.request().operation() == Operation.SCAN ? Optional.of(Outcome.MISSING) : Optional.empty();
            case SUPERSEDED, NOT_YET_APPROVED, NOT_APPROVED -> Optional.empty();
        };
    }

    static PatchChange change(int round, Patch patch, Outcome outcome, String reason) {
        Optional<Advisory> gravest = patch.advisories().stream().findFirst();
        return new PatchChange(
                round,
                patch.key(),
                patch.installed().map(Object::toString),
                patch.version().toString(),
                outcome,
                gravest.map(advisory -> advisory.classification().word())
                        .orElse(patch.securityArchive() ? "Security" : ""),
                gravest.map(advisory -> advisory.severity().word()).orElse(""),
                patch.advisories().stream().map(Advisory::id).toList(),
                patch.allCves(),
                reason);
    }
}
