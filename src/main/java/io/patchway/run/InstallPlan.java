package io.patchway.run;

import io.patchway.baseline.PatchSource;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one round installs: exact versions, nothing else by its own will.
 *
 * @param patches the approved patches, one version of each package
 * @param blocked name patterns ({@code *} is the only wildcard) that may not even come in as a dependency
 * @param sources the repositories that everything comes from; empty: the server's own
 * @param hooks the scripts that run with it
 * @param handOver how far it is handed over to another site, which then decides about patches; empty: it is ours
 */
public record InstallPlan(
        List<Patch> patches,
        List<String> blocked,
        List<PatchSource> sources,
        Map<HookOccasion, Hook> hooks,
        Optional<HandOver> handOver) {
    public InstallPlan {
        patches = List.copyOf(patches);
        blocked = List.copyOf(blocked);
        // Plans that were stored before there were sources, hooks or hand-overs have none.
        sources = sources == null ? List.of() : List.copyOf(sources);
        hooks = hooks == null ? Map.of() : Map.copyOf(hooks);
        handOver = handOver == null ? Optional.empty() : handOver;
    }

    /** A plan that is ours. */
    public InstallPlan(
            List<Patch> patches, List<String> blocked, List<PatchSource> sources, Map<HookOccasion, Hook> hooks) {
        this(patches, blocked, sources, hooks, Optional.empty());
    }

    /** Whatever another site makes of it. */
    public static InstallPlan of(HandOver handOver) {
        return new InstallPlan(List.of(), List.of(), List.of(), Map.of(), Optional.of(handOver));
    }

    /** A plan without hooks. */
    public InstallPlan(List<Patch> patches, List<String> blocked, List<PatchSource> sources) {
        this(patches, blocked, sources, Map.of());
    }

    /** Nothing but this hook. */
    public static InstallPlan ofHook(HookOccasion occasion, Hook hook) {
        return new InstallPlan(List.of(), List.of(), List.of(), Map.of(occasion, hook));
    }

    /** The same, with scripts that run with it. */
    public InstallPlan with(Map<HookOccasion, Hook> newHooks) {
        return new InstallPlan(patches, blocked, sources, newHooks, handOver);
    }

    /** A plan for the server's own repositories. */
    public InstallPlan(List<Patch> patches, List<String> blocked) {
        this(patches, blocked, List.of());
    }

    public List<PackageKey> keys() {
        return patches.stream().map(Patch::key).toList();
    }
}
