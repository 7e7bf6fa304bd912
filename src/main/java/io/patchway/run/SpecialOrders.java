package io.patchway.run;

import java.util.Map;
import java.util.Optional;

/**
 * What only some kinds of requests can say.
 *
 * @param override what takes the place of each server's baseline for this once
 * @param memo what the API that handed the request in wants to be told again; Patchway itself never reads it
 * @param hooks names of the hooks that run around installs
 * @param machine what is said about the machines of the servers
 */
public record SpecialOrders(
        Optional<PatchOverride> override,
        Optional<String> memo,
        Map<HookOccasion, String> hooks,
        MachineOrders machine) {

    /** Nothing special: the baselines decide. */
    public static final SpecialOrders NONE = new SpecialOrders(Optional.empty(), Optional.empty());

    public SpecialOrders {
        // Orders that were stored before there were hooks have none.
        hooks = hooks == null ? Map.of() : Map.copyOf(hooks);
        machine = machine == null ? MachineOrders.NONE : machine;
    }

    /** Orders that say nothing about machines. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo, Map<HookOccasion, String> hooks) {
        this(override, memo, hooks, MachineOrders.NONE);
    }

    /** Orders without hooks. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo) {
        this(override, memo, Map.of());
    }

    /** The same with these orders about machines. */
    public SpecialOrders on(MachineOrders machines) {
        return new SpecialOrders(override, memo, hooks, machines);
    }
}
