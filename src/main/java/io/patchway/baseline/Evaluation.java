package io.patchway.baseline;

import io.patchway.patch.Patch;
import java.util.List;

/**
 * What a baseline says about a whole server.
 *
 * @param decisions one for each offered patch, in the order of the scan
 * @param states one for each package that is installed or offered, ordered by name
 */
public record Evaluation(List<PatchDecision> decisions, List<PackageState> states) {
    public Evaluation {
        decisions = List.copyOf(decisions);
        states = List.copyOf(states);
    }

    /** What is approved and not installed: the newest approved version of each package that lags behind. */
    public List<Patch> missing() {
        return decisions.stream()
                .filter(decision -> decision.verdict() == PatchDecision.Verdict.APPROVED)
                .map(PatchDecision::patch)
                .toList();
    }
}
