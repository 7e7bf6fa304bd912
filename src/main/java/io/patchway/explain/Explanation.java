package io.patchway.explain;

import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchDecision;
import io.patchway.baseline.StoredBaseline;
import java.time.Instant;
import java.util.List;

/**
 * Why a patch is or is not for a server.
 *
 * @param baseline what was asked
 * @param chosen why this baseline counts for the server, as a sentence
 * @param scannedAt when the server was last looked at
 * @param states the state of each package of that name, with the reason
 * @param decisions what the baseline says of each offered version, with the rule that decided
 */
public record Explanation(
        StoredBaseline baseline,
        String chosen,
        Instant scannedAt,
        List<PackageState> states,
        List<PatchDecision> decisions) {

    public Explanation {
        states = List.copyOf(states);
        decisions = List.copyOf(decisions);
    }
}
