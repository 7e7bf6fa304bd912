package io.patchway.run;

import io.patchway.rollout.HealthGate;
import io.patchway.rollout.Rollout;
import io.patchway.rollout.Stages;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides how a request goes through its servers: as it says, and a large fleet cautiously when it says nothing. */
public final class Rollouts {
    private final Inventory inventory;
    private final List<HealthGate> gates;
    private final int largeFleet;

    /**
     * @param gates the health gates that a request may name
     * @param largeFleet so many servers get {@link Rollout#CAUTIOUS} when something is to be installed on them and the
     *     request says nothing; 0: never
     */
    public Rollouts(Inventory inventory, List<HealthGate> gates, int largeFleet) {
        this.inventory = inventory;
        this.gates = List.copyOf(gates);
        this.largeFleet = largeFleet;
    }

    /** The health gate of this name. */
    public Optional<HealthGate> gate(String name) {
        return gates.stream().filter(gate -> gate.name().equals(name)).findFirst();
    }

    /** @throws RefusedRequestException when the rollout names a gate or a group that is not known */
    void check(RequestForm form) throws RefusedRequestException {
        if (form.rollout().isEmpty()) {
            return;
        }
        Rollout rollout = form.rollout().get();
        if (rollout.gate().isPresent() && gate(rollout.gate().get()).isEmpty()) {
            throw new RefusedRequestException(
                    "rollout.gate",
                    "there is no health gate '" + rollout.gate().get() + "'; config/gates.yaml has " + names());
        }
        for (String group : rollout.groupOrder()) {
            if (inventory.inGroup(group).isEmpty()) {
                throw new RefusedRequestException("rollout.groupOrder", "no server belongs to group '" + group + "'");
            }
        }
    }

    Rollout of(RequestForm form, int servers) {
        boolean large = largeFleet > 0 && servers >= largeFleet && form.operation() == Operation.INSTALL;
        return form.rollout().orElse(large ? Rollout.CAUTIOUS : Rollout.ALL_AT_ONCE);
    }

    Stages stages(PatchRequest request) {
        return Stages.of(request.rollout(), request.servers(), this::groups);
    }

    private Set<String> groups(ServerId id) {
        return inventory.find(id).map(Server::groups).orElse(Set.of());
    }

    private String names() {
        return gates.isEmpty() ? "none" : gates.stream().map(HealthGate::name).collect(Collectors.joining(", "));
    }
}
