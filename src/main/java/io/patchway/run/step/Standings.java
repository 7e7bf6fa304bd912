package io.patchway.run.step;

import io.patchway.baseline.PatchNotice;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.run.RebootOption;
import io.patchway.run.RunMemory;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.ServerStanding.PatchedPackage;
import io.patchway.scan.ScanResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries what is known of a server from one scan to the next. */
final class Standings {
    private Standings() {}

    /**
     * What a scan makes of what was known before.
     *
     * <p>A package that a run installed waits for a reboot when something on the server says that one is needed, or
     * when the run must not reboot, so that nothing would tell. Once it waits, only another boot ends that.
     *
     * <p>What an override had installed is not known as approved. What was known of a patch is kept as long as the
     * package stays in its version.
     *
     * @param memory what this run has installed
     * @param notices what is known of the patches that its last round has installed
     */
    static ServerStanding after(
            ServerStanding before,
            ServerRun run,
            RunMemory memory,
            ScanResult scan,
            Map<PackageKey, PatchNotice> notices) {
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
        Map<PackageKey, PatchedPackage> patched = new HashMap<>();
        before.patched().stream()
                .filter(each -> each.version().equals(installed.get(each.key())))
                .forEach(each -> patched.put(each.key(), each));
        boolean overridden = run.request().special().override().isPresent();
        for (PackageKey key : memory.installed()) {
            Optional<PackageVersion> version = Optional.ofNullable(installed.get(key));
            Optional<PatchNotice> notice = Optional.ofNullable(notices.get(key))
                    .or(() -> Optional.ofNullable(patched.get(key)).flatMap(PatchedPackage::notice));
            version.ifPresent(there -> patched.put(key, new PatchedPackage(key, there, notice, overridden)));
        }
        return new ServerStanding(
                boot,
                waiting,
                patched.values().stream()
                        .filter(each -> !each.overridden() || waiting.contains(each.key()))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
