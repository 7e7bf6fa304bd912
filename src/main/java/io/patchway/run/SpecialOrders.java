package io.patchway.run;

import java.util.Map;
import java.util.Optional;

/**
 * What a request says beyond what is patched where and when; most of it only some kinds of requests can say.
 *
 * @param override what takes the place of each server's baseline for this once
 * @param memo what the API that handed the request in wants to be told again; Patchway itself never reads it
 * @param hooks names of the hooks that run around installs
 * @param maintenance whether each run enters maintenance mode before it changes its server and leaves it after success;
 *     otherwise maintenance mode stays as users set it
 * @param machine what is said about the machines of the servers
 * @param anyHostKey whether servers are scanned whatever host key they show; counts for a scan alone
 */
public record SpecialOrders(
        Optional<PatchOverride> override,
        Optional<String> memo,
        Map<HookOccasion, String> hooks,
        boolean maintenance,
        MachineOrders machine,
        boolean anyHostKey) {

    /** Nothing special: the baselines decide. */
    public static final SpecialOrders NONE = new SpecialOrders(Optional.empty(), Optional.empty());

    public SpecialOrders {
        // Orders that were stored by earlier versions lack what these did not know.
        hooks = hooks == null ? Map.of() : Map.copyOf(hooks);
        machine = machine == null ? MachineOrders.NONE : machine;
    }

    /** Orders that say nothing about machines and host keys. */
    public SpecialOrders(
            Optional<PatchOverride> override,
            Optional<String> memo,
            Map<HookOccasion, String> hooks,
            boolean maintenance) {
        this(override, memo, hooks, maintenance, MachineOrders.NONE, false);
    }

    /** Orders that leave maintenance mode alone, too. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo, Map<HookOccasion, String> hooks) {
        this(override, memo, hooks, false);
    }

    /** Orders without hooks, too. */
    public SpecialOrders(Optional<PatchOverride> override, Optional<String> memo) {
        this(override, memo, Map.of());
    }

    /** The same, with maintenance mode when that is asked for here. */
    public SpecialOrders orMaintenance(boolean asked) {
        return asked ? new SpecialOrders(override, memo, hooks, true, machine, anyHostKey) : this;
    }

    /** The same with these orders about machines. */
    public SpecialOrders on(MachineOrders machines) {
        return new SpecialOrders(override, memo, hooks, maintenance, machines, anyHostKey);
    }

    /** The same, whatever host keys servers show when that is asked for here. */
    public SpecialOrders orAnyHostKey(boolean asked) {
        return asked ? new SpecialOrders(override, memo, hooks, maintenance, machine, true) : this;
    }
}
