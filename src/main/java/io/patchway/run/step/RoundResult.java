package io.patchway.run.step;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.PatchChange;
import io.patchway.run.RunMemory;
import io.patchway.run.ServerRun;
import io.patchway.scan.ScanResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last install achieved, as the scan after it tells; the package manager's exit code is not asked.
 *
 * @param installed the planned patches that are there now
 * @param changes one for each planned patch
 */
record RoundResult(List<Patch> installed, List<PatchChange> changes) {

    static RoundResult of(ServerRun run, ScanResult scan) {
        Map<PackageKey, PackageVersion> newest = scan.installed().stream()
                .collect(Collectors.toMap(
                        installed -> installed.key(),
                        installed -> installed.version(),
                        (left, right) -> left.newerThan(right) ? left : right));
        List<Patch> planned = run.memory().plan().map(plan -> plan.patches()).orElse(List.of());
        Map<Boolean, List<Patch>> byPresence = planned.stream()
                .collect(Collectors.partitioningBy(patch ->
                        newest.containsKey(patch.key()) && !patch.version().newerThan(newest.get(patch.key()))));
        Function<Patch, PatchChange> installed =
                patch -> Findings.change(run.round(), patch, PatchChange.Outcome.INSTALLED, "");
        Function<Patch, PatchChange> failed =
                patch -> Findings.change(run.round(), patch, PatchChange.Outcome.FAILED, reason(run.memory()));
        return new RoundResult(
                byPresence.get(true),
                Stream.concat(
                                byPresence.get(true).stream().map(installed),
                                byPresence.get(false).stream().map(failed))
                        .toList());
    }

    Set<PackageKey> installedKeys() {
        return installed.stream().map(Patch::key).collect(Collectors.toUnmodifiableSet());
    }

    private static String reason(RunMemory memory) {
        return memory.lastError().orElse("the package manager ended without an error, but did not install it");
    }
}
