package io.patchway.run;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import java.util.Set;

/**
 * What is remembered of a server from one run to the next; as of its newest scan.
 *
 * @param bootId the boot that it ran
 * @param waiting packages that runs installed, and that wait for another boot
 * @param patched what runs installed because a baseline approved it, and that is still there in this version
 */
public record ServerStanding(String bootId, Set<PackageKey> waiting, Set<PatchedPackage> patched) {
    /** A server that nothing is known of. */
    public static final ServerStanding UNKNOWN = new ServerStanding("", Set.of(), Set.of());

    public ServerStanding {
        waiting = Set.copyOf(waiting);
        patched = Set.copyOf(patched);
    }

    /** A package that a run brought to a version. */
    public record PatchedPackage(PackageKey key, PackageVersion version) {}

    /** What waits for another boot on a server that runs this one. */
    public Set<PackageKey> waitingIn(String currentBoot) {
        return bootId.equals(currentBoot) ? waiting : Set.of();
    }
}
