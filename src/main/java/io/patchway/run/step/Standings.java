package io.patchway.run.step;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.run.RebootOption;
import io.patchway.run.RunMemory;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.ServerStanding.PatchedPackage;
import io.patchway.scan.ScanResult;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries what is known of a server from one scan to the next. */
final class Standings {
    private Standings() {}

    /**
     * What a scan makes of what was known before.
     *
     * <p>A package that a run installed waits for a reboot when something on the server says that one is needed, or
     * when the run must not reboot, so that nothing would tell. Once it waits, only another boot ends that.
     *
     * <p>What an override had installed is not known as approved.
     *
     * @param memory what this run has installed
     */
    static ServerStanding after(ServerStanding before, ServerRun run, RunMemory memory, ScanResult scan) {
        String boot = scan.host().bootId();
        Set<PackageKey> waiting = new HashSet<>(before.waitingIn(boot));
        if (scan.rebootNeeded() || run.request().rebootOption() == RebootOption.NEVER) {
            waiting.addAll(memory.installedSinceBoot());
        }
        Map<PackageKey, PackageVersion> installed = scan.installed().stream()
                .collect(Collectors.toMap(
                        InstalledPackage::key,
                        InstalledPackage::version,
                        (one, other) -> other.newerThan(one) ? other : one));
        Stream<PatchedPackage> stillThere =
                before.patched().stream().filter(patched -> patched.version().equals(installed.get(patched.key())));
        Set<PackageKey> approved = run.request().special().override().isPresent() ? Set.of() : memory.installed();
        Stream<PatchedPackage> fresh = approved.stream()
                .filter(installed::containsKey)
                .map(key -> new PatchedPackage(key, installed.get(key)));
        return new ServerStanding(
                boot, waiting, Stream.concat(stillThere, fresh).collect(Collectors.toUnmodifiableSet()));
    }

    /** The packages that runs brought to their present version. */
    static Set<PackageKey> keys(ServerStanding standing) {
        return standing.patched().stream().map(PatchedPackage::key).collect(Collectors.toUnmodifiableSet());
    }
}
