package io.patchway.baseline;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a baseline is asked about.
 *
 * @param product the host's product in the spelling of AWS Patch Manager, such as {@code RedhatEnterpriseLinux9.4}
 * @param held names that the host itself holds back
 * @param excluded name patterns ({@code *} is the only wildcard) that the request's script package leaves out
 * @param attempted packages that an install of this run has tried
 * @param installedSinceBoot packages that were installed by runs and wait for a reboot
 * @param patched packages that runs brought to the version that is there now, because a baseline approved it
 * @param notices what is remembered of the patches that runs installed and that are there now
 * @param now the instant from which approval delays count
 */
public record EvaluationInput(
        String product,
        List<InstalledPackage> installed,
        List<Patch> available,
        Set<String> held,
        List<String> excluded,
        Set<PackageKey> attempted,
        Set<PackageKey> installedSinceBoot,
        Set<PackageKey> patched,
        Map<PackageKey, PatchNotice> notices,
        Instant now) {

    public EvaluationInput {
        installed = List.copyOf(installed);
        available = List.copyOf(available);
        held = Set.copyOf(held);
        excluded = List.copyOf(excluded);
        attempted = Set.copyOf(attempted);
        installedSinceBoot = Set.copyOf(installedSinceBoot);
        patched = Set.copyOf(patched);
        notices = Map.copyOf(notices);
    }

    /** A server of which nothing is remembered. */
    public EvaluationInput(
            String product,
            List<InstalledPackage> installed,
            List<Patch> available,
            Set<String> held,
            List<String> excluded,
            Set<PackageKey> attempted,
            Set<PackageKey> installedSinceBoot,
            Instant now) {
        this(product, installed, available, held, excluded, attempted, installedSinceBoot, Set.of(), Map.of(), now);
    }
}
