package io.patchway.baseline;

import io.patchway.patch.Patch;
import java.util.List;
import java.util.Optional;

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

    /**
     * What is approved and not installed: the newest approved version of each installed package that lags behind,
     * ordered by name. Approved packages that are not on the host at all are left out; they only come in as
     * dependencies.
     */
    public List<Patch> missing() {
        return states.stream()
                .map(PackageState::target)
                .flatMap(Optional::stream)
                .toList();
    }
}
