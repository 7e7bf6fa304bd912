package io.patchway.api.clc.operation;

import io.patchway.api.clc.ClcServers;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The distinct servers that a call names.
 *
 * @param byId each by the id that its entity will have; empty when the account has no such server
 */
record AskedServers(Map<String, Optional<Server>> byId) {

    /** Looks them up; a server that is named twice, also by two ids, is there once. */
    static AskedServers of(String alias, Collection<String> names, ClcServers servers) {
        Map<String, Optional<Server>> byId = new LinkedHashMap<>();
        for (String name : names) {
            Optional<Server> server = servers.find(alias, name);
            byId.putIfAbsent(server.map(servers::idOf).orElse(name.toLowerCase(Locale.ROOT)), server);
        }
        return new AskedServers(byId);
    }

    List<Server> found() {
        List<Server> found = new ArrayList<>();
        byId.values().forEach(server -> server.ifPresent(found::add));
        return found;
    }

    List<ServerId> foundIds() {
        return found().stream().map(Server::id).toList();
    }
}
