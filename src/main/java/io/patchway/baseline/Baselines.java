package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;

/** The patch baselines that Patchway knows: the operator's own and the predefined ones. */
public interface Baselines {
    Optional<PatchBaseline> find(String name);

    /** The operator's default for this operating system, else the predefined one. */
    PatchBaseline defaultFor(OperatingSystem operatingSystem);

    /** All baselines, ordered by name. */
    List<PatchBaseline> all();
}
