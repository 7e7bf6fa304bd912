package io.patchway.run;

import io.patchway.baseline.PatchNotice;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is remembered of a server from one run to the next; as of its newest scan.
 *
 * @param bootId the boot that it ran
 * @param waiting packages that runs installed, and that wait for another boot
 * @param patched what runs installed and that is still there in this version: because a baseline approved it, or an
 *     override named it and it waits for another boot
 */
public record ServerStanding(String bootId, Set<PackageKey> waiting, Set<PatchedPackage> patched) {
    /** A server that nothing is known of. */
    public static final ServerStanding UNKNOWN = new ServerStanding("", Set.of(), Set.of());

    public ServerStanding {
        waiting = Set.copyOf(waiting);
        patched = Set.copyOf(patched);
    }

    /**
     * A package that a run brought to a version.
     *
     * @param notice what was known of the patch; empty when it was installed before that was recorded
     * @param overridden whether an override had it installed in the place of a baseline
     */
    public record PatchedPackage(
            PackageKey key, PackageVersion version, Optional<PatchNotice> notice, boolean overridden) {}

    /** What waits for another boot on a server that runs this one. */
    public Set<PackageKey> waitingIn(String currentBoot) {
        return bootId.equals(currentBoot) ? waiting : Set.of();
    }

    /** What runs brought to its present version because a baseline approved it. */
    public Set<PackageKey> approved() {
        return patched.stream()
                .filter(each -> !each.overridden())
                .map(PatchedPackage::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What was known of the patches that runs installed. */
    public Map<PackageKey, PatchNotice> notices() {
        Map<PackageKey, PatchNotice> notices = new HashMap<>();
        patched.forEach(each -> each.notice().ifPresent(notice -> notices.put(each.key(), notice)));
        return notices;
    }
}
