package io.patchway.run;

import io.patchway.baseline.PatchBaseline;
import io.patchway.patch.PackageKey;
import java.util.Optional;
import java.util.Set;

/**
 * What a server run carries from one step to the next. It is committed with every transition, so that any node can go
 * on from it.
 *
 * @param baseline the baseline, frozen when the run started; empty before that, and for a script package that approves
 *     everything
 * @param plan what the current round installs; recorded before the install command is sent
 * @param bootId the boot that the server ran when it was last looked at; recorded before a reboot command is sent
 * @param reboots proven reboots so far
 * @param attempts how often the current state was tried in vain
 * @param attempted packages that an install of this run has tried
 * @param installedSinceBoot packages that this run installed since the last boot
 * @param missingBefore the packages and versions that were approved and missing after the last round
 * @param lastError the last trouble, for people
 */
public record RunMemory(
        Optional<PatchBaseline> baseline,
        Optional<InstallPlan> plan,
        Optional<String> bootId,
        int reboots,
        int attempts,
        Set<PackageKey> attempted,
        Set<PackageKey> installedSinceBoot,
        Set<String> missingBefore,
        Optional<String> lastError) {

    public RunMemory {
        attempted = Set.copyOf(attempted);
        installedSinceBoot = Set.copyOf(installedSinceBoot);
        missingBefore = Set.copyOf(missingBefore);
    }

    /** The memory of a run that has not started. */
    public static RunMemory fresh() {
        return new RunMemory(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty());
    }
}
