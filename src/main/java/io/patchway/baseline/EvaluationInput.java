package io.patchway.baseline;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a baseline is asked about.
 *
 * @param product the host's product in the spelling of AWS Patch Manager, such as {@code RedhatEnterpriseLinux9.4}
 * @param held names that the host itself holds back
 * @param excluded name patterns ({@code *} is the only wildcard) that the request's script package leaves out
 * @param attempted packages that an install of this run has tried
 * @param installedSinceBoot packages that this run installed and that wait for a reboot
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
        Instant now) {

    public EvaluationInput {
        installed = List.copyOf(installed);
        available = List.copyOf(available);
        held = Set.copyOf(held);
        excluded = List.copyOf(excluded);
        attempted = Set.copyOf(attempted);
        installedSinceBoot = Set.copyOf(installedSinceBoot);
    }
}
