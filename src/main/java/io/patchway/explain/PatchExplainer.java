package io.patchway.explain;

import io.patchway.baseline.Baselines;
import io.patchway.baseline.StoredBaseline;
import io.patchway.run.ScanHistory;
import io.patchway.run.ScanRecord;
import io.patchway.run.StoredScan;
import io.patchway.scan.HostProduct;
import io.patchway.scan.ScanResult;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import java.time.Clock;
import java.util.Optional;

/** Says why a patch is or is not for a server, from its last scan and its present baseline. */
public final class PatchExplainer {
    private final Baselines baselines;
    private final ScanHistory scans;
    private final Clock clock;

    public PatchExplainer(Baselines baselines, ScanHistory scans, Clock clock) {
        this.baselines = baselines;
        this.scans = scans;
        this.clock = clock;
    }

    /**
     * Explains a patch.
     *
     * @param name a package's name, with or without its architecture
     * @param baseline id or name of the baseline to ask instead of the server's own
     * @throws TrialException when the server was never scanned, has and is offered no such package, or the baseline is
     *     not for it
     */
    public Explanation why(Server server, String name, Optional<String> baseline) throws TrialException {
        ScanRecord record = scans.latest(server.id())
                .map(StoredScan::record)
                .orElseThrow(() -> new TrialException("was never scanned; request a scan first"));
        ScanResult scan = record.scan();
        OperatingSystem system = HostProduct.of(scan.host())
                .map(HostProduct::operatingSystem)
                .orElseThrow(() -> new TrialException(
                        "runs " + scan.host().osName() + ", for which there are no patch baselines"));
        StoredBaseline asked = baseline.map(baselines::existing).orElseGet(() -> baselines.forServer(server, system));
        Trial trial = Trial.of(asked.content(), record, clock.instant());
        if (trial.statesOf(name).isEmpty()) {
            throw new TrialException(
                    "has no package '" + name + "' and is offered none, according to its scan of " + scan.takenAt());
        }
        String chosen = baseline.isPresent() ? "the question names it" : reason(server, system);
        return new Explanation(asked, chosen, scan.takenAt(), trial.statesOf(name), trial.decisionsOn(name));
    }

    private String reason(Server server, OperatingSystem system) {
        if (server.baseline().isPresent()) {
            return "the inventory names it for this server";
        }
        return server.patchGroup()
                .filter(group -> baselines.servingGroup(group, system).isPresent())
                .map(group -> "it is registered for the patch group '" + group + "' of this server")
                .orElse("it is the default for " + system);
    }
}
