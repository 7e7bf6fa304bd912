package io.patchway.maintenance;

import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An inventory whose servers carry a tag while they are in maintenance mode, as it was a second ago or later. Nothing
 * else can give them that tag. Thread-safe.
 */
public final class MarkedInventory implements Inventory {
    /** The key of the tag. */
    public static final String TAG = "patchway:maintenance";

    /** Its only value; a server that is in no maintenance mode does not carry the tag. */
    public static final String ON = "on";

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Inventory own;
    private final MaintenanceModes modes;
    private final Clock clock;
    private volatile Seen seen = new Seen(Instant.MIN, Set.of());

    public MarkedInventory(Inventory own, MaintenanceModes modes, Clock clock) {
        this.own = own;
        this.modes = modes;
        this.clock = clock;
    }

    @Override
    public Optional<Server> find(ServerId id) {
        return own.find(id).map(server -> marked(server, inMaintenance()));
    }

    @Override
    public List<Server> all() {
        Set<ServerId> on = inMaintenance();
        return own.all().stream().map(server -> marked(server, on)).toList();
    }

    /** What was changed on this node counts from now on, and not only after a second. */
    public void lookAgain() {
        seen = new Seen(Instant.MIN, Set.of());
    }

    /** Of several threads that find it stale, each may ask again; they all get the same. */
    private Set<ServerId> inMaintenance() {
        Instant now = clock.instant();
        Seen last = seen;
        if (last.at().isAfter(now.minus(FRESH))) {
            return last.servers();
        }
        Set<ServerId> servers =
                modes.all().stream().map(MaintenanceMode::server).collect(Collectors.toUnmodifiableSet());
        seen = new Seen(now, servers);
        return servers;
    }

    private static Server marked(Server server, Set<ServerId> on) {
        boolean marked = on.contains(server.id());
        if (!marked && !server.tags().containsKey(TAG)) {
            return server;
        }
        Map<String, String> tags = new HashMap<>(server.tags());
        tags.remove(TAG);
        if (marked) {
            tags.put(TAG, ON);
        }
        return server.tagged(tags);
    }

    private record Seen(Instant at, Set<ServerId> servers) {}
}
