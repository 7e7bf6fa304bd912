package io.patchway.api.clc.history;

import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.ScanHistory;
import io.patchway.run.ScanRecord;
import io.patchway.run.StoredScan;
import java.util.List;

/**
 * What an install that goes on wants to bring: what the scan before it found missing. That scan is the server's newest,
 * because one run at a time works on a server.
 */
final class PlannedPatches {
    private final ScanHistory scans;

    PlannedPatches(ScanHistory scans) {
        this.scans = scans;
    }

    /** Nothing when no install goes on, or when nobody knows. */
    List<PatchChange> of(Execution execution) {
        return execution
                .openInstall()
                .flatMap(install -> scans.latest(execution.run().server()))
                .map(StoredScan::record)
                .filter(scan -> isOwn(scan, execution.run()))
                .map(scan -> scan.evaluation().missing().stream()
                        .map(patch -> planned(execution.run().rounds(), patch))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isOwn(ScanRecord scan, RunReport run) {
        return run.startedAt()
                .filter(begin -> !scan.scan().takenAt().isBefore(begin))
                .isPresent();
    }

    private static PatchChange planned(int round, Patch patch) {
        return new PatchChange(
                round,
                patch.key(),
                patch.installed().map(Object::toString),
                patch.version().toString(),
                Outcome.MISSING,
                patch.classification(),
                patch.severity(),
                patch.advisories().stream().map(Advisory::id).toList(),
                patch.allCves(),
                "");
    }
}
