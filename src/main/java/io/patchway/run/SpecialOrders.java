package io.patchway.run;

import java.util.Map;
import java.util.Optional;

/**
 * What only a command can say, and no other kind of request.
 *
 * @param override what takes the place of each server's baseline for this once
 * @param memo what the API that handed the request in wants to be told again; Patchway itself never reads it
 * @param hooks names of the hooks that run around installs
 */
public record SpecialOrders(Optional<PatchOverride> override, Optional<String> memo, Map<HookOccasion, String> hooks) {
    /** Nothing special: the baselines decide. */
    public static final SpecialOrders NONE = new SpecialOrders(Optional.empty(), Optional.empty());

    public SpecialOrders {
        // Orders that were stored before there were hooks have none.
        hooks = hooks == null ? Map.of() : Map.copyOf(hooks);
    }

    /** Orders without hooks. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo) {
        this(override, memo, Map.of());
    }
}
