package io.patchway.explain;

import io.patchway.baseline.PatchDecision;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a baseline would do on one server.
 *
 * @param skipped why it was not tried; empty when it was
 * @param wouldInstall what is approved and missing
 * @param waiting what will be approved when its delay is over
 * @param difference what changes compared with the other baseline; empty when none was named
 */
public record ServerTrial(
        ServerId server,
        Instant scannedAt,
        Optional<String> skipped,
        List<PatchDecision> wouldInstall,
        List<PatchDecision> waiting,
        Optional<Difference> difference) {

    public ServerTrial {
        wouldInstall = List.copyOf(wouldInstall);
        waiting = List.copyOf(waiting);
    }

    /**
     * What changes on a server.
     *
     * @param gained would be installed now, and would not have been
     * @param lost would have been installed, and would not be now
     * @param changed would be installed in another version
     */
    public record Difference(List<PatchDecision> gained, List<PatchDecision> lost, List<PatchDecision> changed) {
        public Difference {
            gained = List.copyOf(gained);
            lost = List.copyOf(lost);
            changed = List.copyOf(changed);
        }
    }
}
