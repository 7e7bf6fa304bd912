package io.patchway.console.group;

import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds servers by what people call them: id, name, full name, short name or address. A name that fits several servers
 * in the same way means none of them.
 */
public final class MachineFinder {
    private final Inventory inventory;

    /** How a name fits, the closest first. */
    private enum Closeness {
        ID,
        HOST,
        NAME,
        SHORT_NAME
    }

    public MachineFinder(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Everything looked up at this moment. */
    public Names now() {
        return new Names(inventory.all());
    }

    /** The servers by all their names. */
    public static final class Names {
        private final List<Server> all;
        private final Map<Closeness, Map<String, Set<Server>>> byName = new HashMap<>();

        private Names(List<Server> all) {
            this.all = List.copyOf(all);
            all.forEach(server -> {
                String host = MachineNames.host(server);
                put(Closeness.ID, server.id().value(), server);
                put(Closeness.HOST, host, server);
                put(Closeness.NAME, server.name(), server);
                put(Closeness.SHORT_NAME, MachineNames.firstLabel(host), server);
                put(Closeness.SHORT_NAME, MachineNames.firstLabel(server.name()), server);
            });
        }

        private void put(Closeness closeness, String name, Server server) {
            byName.computeIfAbsent(closeness, any -> new HashMap<>())
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new LinkedHashSet<>())
                    .add(server);
        }

        public List<Server> all() {
            return all;
        }

        /** @return one server; none when nothing is called so; several when it is not clear which is meant */
        public List<Server> find(String name) {
            String key = name.strip().toLowerCase(Locale.ROOT);
            for (Closeness closeness : Closeness.values()) {
                Set<Server> found = byName.getOrDefault(closeness, Map.of()).getOrDefault(key, Set.of());
                if (!found.isEmpty()) {
                    return List.copyOf(found);
                }
            }
            return List.of();
        }
    }
}
