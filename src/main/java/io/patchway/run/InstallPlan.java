package io.patchway.run;

import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import java.util.List;

/**
 * What one round installs: exact versions, nothing else by its own will.
 *
 * @param patches the approved patches, one version of each package
 * @param blocked name patterns ({@code *} is the only wildcard) that may not even come in as a dependency
 */
public record InstallPlan(List<Patch> patches, List<String> blocked) {
    public InstallPlan {
        patches = List.copyOf(patches);
        blocked = List.copyOf(blocked);
    }

    public List<PackageKey> keys() {
        return patches.stream().map(Patch::key).toList();
    }
}
