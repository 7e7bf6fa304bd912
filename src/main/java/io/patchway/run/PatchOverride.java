package io.patchway.run;

import io.patchway.baseline.PatchBaseline;
import java.util.List;

/** What takes the place of each server's baseline for one request. It was read when the request came in. */
public sealed interface PatchOverride {

    /** Where it was read from, for people. */
    String source();

    /** Exactly these packages are installed, whatever the baseline approves or rejects. */
    record InstallList(String source, List<ListedPatch> patches) implements PatchOverride {
        public InstallList {
            patches = List.copyOf(patches);
        }
    }

    /** Of these baselines, the one for the server's operating system is asked. */
    record BaselineList(String source, List<PatchBaseline> baselines) implements PatchOverride {
        public BaselineList {
            baselines = List.copyOf(baselines);
        }
    }

    /**
     * One package of an install list; {@code *} stands for any text in both.
     *
     * @param id {@code name.arch}
     * @param title {@code name.arch:epoch:version-release}, or {@code name.arch:version} where apt is used
     */
    record ListedPatch(String id, String title) {}
}
