package io.patchway.api.ssm;

import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The servers of the inventory as the nodes of the service. */
public final class Nodes {
    private final Inventory inventory;
    private final NodeIds ids;

    public Nodes(Inventory inventory) {
        this.inventory = inventory;
        this.ids = new NodeIds(inventory);
    }

    public NodeIds ids() {
        return ids;
    }

    public Inventory inventory() {
        return inventory;
    }

    /** @throws SsmException {@code InvalidInstanceId} when no server has the id */
    public Server existing(String nodeId) {
        return ids.find(nodeId)
                .orElseThrow(() -> new SsmException(
                        "InvalidInstanceId", "Instance " + nodeId + " is not a server of this inventory"));
    }

    /**
     * The servers of some ids, in their order.
     *
     * @throws SsmException {@code InvalidInstanceId}, or {@code DuplicateInstanceId} when one is named twice
     */
    public List<Server> existing(List<String> nodeIds) {
        Set<String> seen = new HashSet<>();
        nodeIds.stream().filter(id -> !seen.add(id)).findFirst().ifPresent(twice -> {
            throw new SsmException("DuplicateInstanceId", "Instance " + twice + " is named more than once");
        });
        return nodeIds.stream().map(this::existing).toList();
    }

    /** All servers, always in the same order. */
    public List<Server> all() {
        return inventory.all();
    }

    /** The members of a patch group, always in the same order. */
    public List<Server> inPatchGroup(String group) {
        return all().stream()
                .filter(server -> server.patchGroup().filter(group::equals).isPresent())
                .toList();
    }
}
