package io.patchway.config;

import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An inventory that is a list of servers. */
public final class ListedServers implements Inventory {
    private final SortedMap<ServerId, Server> servers = new TreeMap<>();

    /** Of two servers with one id the later counts. */
    public ListedServers(Collection<Server> servers) {
        servers.forEach(server -> this.servers.put(server.id(), server));
    }

    @Override
    public Optional<Server> find(ServerId id) {
        return Optional.ofNullable(servers.get(id));
    }

    @Override
    public List<Server> all() {
        return List.copyOf(servers.values());
    }
}
