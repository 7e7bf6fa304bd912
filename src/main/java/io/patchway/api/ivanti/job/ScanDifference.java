package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.Links.Base;
import io.patchway.console.JobMachine;
import io.patchway.console.JobMachine.Found;
import io.patchway.console.Jobs;
import io.patchway.run.ScanRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is different from the scan of the same server before, whoever asked for that one.
 *
 * @param comparedWith when that was taken; left out when there is none, and then nothing is different
 * @param newlyMissing missing now and not before
 * @param noLongerMissing missing before and not now
 * @param newlyInstalled installed now and not before
 * @param noLongerInstalled installed before and not now
 */
record ScanDifference(
        Optional<Instant> comparedWith,
        List<DetectedPatch> newlyMissing,
        List<DetectedPatch> noLongerMissing,
        List<DetectedPatch> newlyInstalled,
        List<DetectedPatch> noLongerInstalled) {

    static ScanDifference of(JobMachine machine, Jobs jobs, Base links) {
        Optional<ScanRecord> present = machine.found().flatMap(found -> jobs.findings(found.scan()));
        Optional<ScanRecord> before = machine.found()
                .map(Found::scan)
                .flatMap(scan -> machine.target().server().flatMap(server -> jobs.findingsBefore(server, scan)));
        if (present.isEmpty() || before.isEmpty()) {
            return new ScanDifference(Optional.empty(), List.of(), List.of(), List.of(), List.of());
        }
        List<DetectedPatch> now = PatchRows.of(machine.id(), present.get(), links);
        List<DetectedPatch> then = PatchRows.of(machine.id(), before.get(), links);
        return new ScanDifference(
                Optional.of(before.get().scan().takenAt()),
                beyond(now, then, DetectedPatch.MISSING),
                beyond(then, now, DetectedPatch.MISSING),
                beyond(now, then, DetectedPatch.FOUND),
                beyond(then, now, DetectedPatch.FOUND));
    }

    /** The rows of a state that the others have not. */
    private static List<DetectedPatch> beyond(List<DetectedPatch> rows, List<DetectedPatch> others, String state) {
        Set<UUID> known = others.stream()
                .filter(row -> row.scanState().equals(state))
                .map(DetectedPatch::patchId)
                .collect(Collectors.toSet());
        return rows.stream()
                .filter(row -> row.scanState().equals(state) && !known.contains(row.patchId()))
                .toList();
    }
}
