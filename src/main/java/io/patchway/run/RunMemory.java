package io.patchway.run;

import io.patchway.baseline.FrozenBaseline;
import io.patchway.patch.PackageKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server run carries from one step to the next. It is committed with every transition, so that any node can go
 * on from it.
 *
 * @param frozen the frozen, frozen at the first scan; empty before that
 * @param plan what the current round installs; recorded before the install command is sent, gone after a reboot
 * @param lastInstall how the last install ended; empty before the first, and when it was interrupted
 * @param bootId the boot that the server ran when it was last looked at; recorded before a reboot command is sent
 * @param reboots proven reboots so far
 * @param attempts how often the current state was tried in vain
 * @param installed packages that this run has installed
 * @param installedSinceBoot those of them that were installed since the last boot
 * @param missingBefore the packages and versions that were approved and missing before the current round
 * @param lastError the last trouble, for people
 * @param hooks the scripts that run around installs, frozen when the run begins
 * @param machine what is done to the machine itself
 */
public record RunMemory(
        Optional<FrozenBaseline> frozen,
        Optional<InstallPlan> plan,
        Optional<InstallProgress.Meaning> lastInstall,
        Optional<String> bootId,
        int reboots,
        int attempts,
        Set<PackageKey> installed,
        Set<PackageKey> installedSinceBoot,
        Set<String> missingBefore,
        Optional<String> lastError,
        HookMemory hooks,
        MachineMemory machine) {

    public RunMemory {
        installed = Set.copyOf(installed);
        installedSinceBoot = Set.copyOf(installedSinceBoot);
        missingBefore = Set.copyOf(missingBefore);
        // Runs that began before there were hooks have none.
        hooks = hooks == null ? HookMemory.NONE : hooks;
        // Runs that began before machines could be operated know nothing of theirs.
        machine = machine == null ? MachineMemory.NONE : machine;
    }

    /** The memory of a run that does nothing to the machine itself. */
    public RunMemory(
            Optional<FrozenBaseline> frozen,
            Optional<InstallPlan> plan,
            Optional<InstallProgress.Meaning> lastInstall,
            Optional<String> bootId,
            int reboots,
            int attempts,
            Set<PackageKey> installed,
            Set<PackageKey> installedSinceBoot,
            Set<String> missingBefore,
            Optional<String> lastError,
            HookMemory hooks) {
        this(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                attempts,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                hooks,
                MachineMemory.NONE);
    }

    /** The memory of a run that has not started. */
    public static RunMemory fresh() {
        return new RunMemory(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                HookMemory.NONE);
    }

    public RunMemory freezing(FrozenBaseline baseline) {
        return new RunMemory(
                Optional.of(baseline),
                plan,
                lastInstall,
                bootId,
                reboots,
                attempts,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                hooks,
                machine);
    }

    /** Remembers what a round is about to install, and what was missing when it began. */
    public RunMemory planning(InstallPlan newPlan, Set<String> missing) {
        return new RunMemory(
                frozen,
                Optional.of(newPlan),
                Optional.empty(),
                bootId,
                reboots,
                0,
                installed,
                installedSinceBoot,
                missing,
                lastError,
                hooks,
                machine);
    }

    public RunMemory installEnded(Optional<InstallProgress.Meaning> meaning) {
        return new RunMemory(
                frozen,
                plan,
                meaning,
                bootId,
                reboots,
                0,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                hooks,
                machine);
    }

    /** Remembers the packages that a scan found to be installed by the current round. */
    public RunMemory installing(Set<PackageKey> keys) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                attempts,
                union(installed, keys),
                union(installedSinceBoot, keys),
                missingBefore,
                lastError,
                hooks,
                machine);
    }

    public RunMemory seenBoot(String id) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                Optional.of(id),
                reboots,
                attempts,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                hooks,
                machine);
    }

    /** Remembers a proven reboot into the boot {@code id}; the plan of the round is done with. */
    public RunMemory rebooted(String id) {
        return new RunMemory(
                frozen,
                Optional.empty(),
                lastInstall,
                Optional.of(id),
                reboots + 1,
                0,
                installed,
                Set.of(),
                missingBefore,
                lastError,
                hooks,
                machine);
    }

    public RunMemory failedAttempt(String error) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                attempts + 1,
                installed,
                installedSinceBoot,
                missingBefore,
                Optional.of(error),
                hooks,
                machine);
    }

    /** The state was left, or worked after all: counting begins anew, and past trouble is forgotten. */
    public RunMemory calm() {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                0,
                installed,
                installedSinceBoot,
                missingBefore,
                Optional.empty(),
                hooks,
                machine);
    }

    public RunMemory hooked(HookMemory newHooks) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                attempts,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                newHooks,
                machine);
    }

    public RunMemory operating(MachineMemory newMachine) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                attempts,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                hooks,
                newMachine);
    }

    /** The same with this trouble as the last, or none. */
    public RunMemory troubled(Optional<String> trouble) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                0,
                installed,
                installedSinceBoot,
                missingBefore,
                trouble,
                hooks,
                machine);
    }

    /** The last hook has run, or cannot: what is remembered as trouble is what it was before that. */
    public RunMemory leaving(Optional<String> troubleBefore) {
        return new RunMemory(
                frozen,
                plan,
                lastInstall,
                bootId,
                reboots,
                0,
                installed,
                installedSinceBoot,
                missingBefore,
                troubleBefore,
                HookMemory.NONE,
                machine);
    }

    /** What a finished run is worth keeping: plan and hooks are of no more use, and the largest part. */
    public RunMemory withoutPlan() {
        return new RunMemory(
                frozen,
                Optional.empty(),
                lastInstall,
                bootId,
                reboots,
                attempts,
                installed,
                installedSinceBoot,
                missingBefore,
                lastError,
                HookMemory.NONE);
    }

    private static Set<PackageKey> union(Set<PackageKey> left, Set<PackageKey> right) {
        return Stream.concat(left.stream(), right.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
