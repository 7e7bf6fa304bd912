package io.patchway.run;

import io.patchway.baseline.PatchSource;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import java.util.List;

/**
 * What one round installs: exact versions, nothing else by its own will.
 *
 * @param patches the approved patches, one version of each package
 * @param blocked name patterns ({@code *} is the only wildcard) that may not even come in as a dependency
 * @param sources the repositories that everything comes from; empty: the server's own
 */
public record InstallPlan(List<Patch> patches, List<String> blocked, List<PatchSource> sources) {
    public InstallPlan {
        patches = List.copyOf(patches);
        blocked = List.copyOf(blocked);
        // Plans that were stored before there were sources have none.
        sources = sources == null ? List.of() : List.copyOf(sources);
    }

    /** A plan for the server's own repositories. */
    public InstallPlan(List<Patch> patches, List<String> blocked) {
        this(patches, blocked, List.of());
    }

    public List<PackageKey> keys() {
        return patches.stream().map(Patch::key).toList();
    }
}
