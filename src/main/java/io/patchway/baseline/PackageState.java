package io.patchway.baseline;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.Optional;

/**
 * The state of one package of a server under a baseline.
 *
 * @param installed the newest installed version; empty when the package is not installed
 * @param target the newest approved patch that is newer than what is installed; empty when there is none
 * @param notice what is known of the patch when there is no target: of what is installed, or of the security update
 *     that waits for its approval; empty when nothing is, and in documents from before it was recorded
 */
public record PackageState(
        PackageKey key,
        PatchState state,
        Optional<PackageVersion> installed,
        Optional<Patch> target,
        ComplianceLevel level,
        PatchDecision.Reason reason,
        Optional<PatchNotice> notice) {

    /** A package of which nothing more is known. */
    public PackageState(
            PackageKey key,
            PatchState state,
            Optional<PackageVersion> installed,
            Optional<Patch> target,
            ComplianceLevel level,
            PatchDecision.Reason reason) {
        this(key, state, installed, target, level, reason, Optional.empty());
    }

    /** What is known of the patch that this is about, whether it is missing or installed. */
    public Optional<PatchNotice> patchNotice() {
        return target.map(patch -> PatchNotice.of(patch, level)).or(() -> notice);
    }
}
