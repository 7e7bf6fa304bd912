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
 */
public record PackageState(
        PackageKey key,
        PatchState state,
        Optional<PackageVersion> installed,
        Optional<Patch> target,
        ComplianceLevel level,
        PatchDecision.Reason reason) {}
