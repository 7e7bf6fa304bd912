package io.patchway.api.ssm;

import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Servers under the names that the service gives them: {@code mi-} and 17 hexadecimal digits, derived from the server's
 * id, so that they stay the same and need no memory.
 */
public final class NodeIds {
    private static final String PREFIX = "mi-";

    private final Inventory inventory;
    private final ConcurrentMap<String, ServerId> known = new ConcurrentHashMap<>();

    public NodeIds(Inventory inventory) {
        this.inventory = inventory;
    }

    /** The node id of a server. */
    public static String of(ServerId server) {
        return PREFIX + DerivedIds.hex17("server", server.value());
    }

    /** The server behind a node id; empty when no server of the inventory has it. */
    public Optional<Server> find(String nodeId) {
        if (!known.containsKey(nodeId)) {
            inventory.all().forEach(server -> known.putIfAbsent(of(server.id()), server.id()));
        }
        return Optional.ofNullable(known.get(nodeId)).flatMap(inventory::find);
    }
}
