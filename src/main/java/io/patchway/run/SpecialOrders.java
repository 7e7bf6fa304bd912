package io.patchway.run;

import java.util.Map;
import java.util.Optional;

/**
 * What only a command can say, and no other kind of request.
 *
 * @param override what takes the place of each server's baseline for this once
 * @param memo what the API that handed the request in wants to be told again; Patchway itself never reads it
 * @param hooks names of the hooks that run around installs
 * @param anyHostKey whether servers are scanned whatever host key they show; counts for a scan alone
 */
public record SpecialOrders(
        Optional<PatchOverride> override, Optional<String> memo, Map<HookOccasion, String> hooks, boolean anyHostKey) {
    /** Nothing special: the baselines decide. */
    public static final SpecialOrders NONE = new SpecialOrders(Optional.empty(), Optional.empty());

    public SpecialOrders {
        // Orders that were stored before there were hooks have none.
        hooks = hooks == null ? Map.of() : Map.copyOf(hooks);
    }

    /** Orders that leave the check of host keys as it is. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo, Map<HookOccasion, String> hooks) {
        this(override, memo, hooks, false);
    }

    /** Orders without hooks. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo) {
        this(override, memo, Map.of());
    }

    /** The same, but servers are scanned whatever host key they show when that is asked for here. */
    public SpecialOrders orAnyHostKey(boolean asked) {
        return asked ? new SpecialOrders(override, memo, hooks, true) : this;
    }
}
