package io.patchway.tag;

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

/**
 * An inventory whose servers also carry the tags that were given to them through the API, on whichever node, a second
 * ago or earlier. A tag that the inventory itself gives cannot be given another value. Thread-safe.
 */
public final class TaggedInventory implements Inventory {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Inventory own;
    private final Tags tags;
    private final Clock clock;
    private volatile Seen seen = new Seen(Instant.MIN, Map.of());

    public TaggedInventory(Inventory own, Tags tags, Clock clock) {
        this.own = own;
        this.tags = tags;
        this.clock = clock;
    }

    @Override
    public Optional<Server> find(ServerId id) {
        return own.find(id).map(server -> tagged(server, given()));
    }

    @Override
    public List<Server> all() {
        Map<String, Map<String, String>> given = given();
        return own.all().stream().map(server -> tagged(server, given)).toList();
    }

    /** Tags that were given on this node count from now on, and not only after a second. */
    public void lookAgain() {
        seen = new Seen(Instant.MIN, Map.of());
    }

    /** Of several threads that find it stale, each may ask again; they all get the same. */
    private Map<String, Map<String, String>> given() {
        Instant now = clock.instant();
        Seen last = seen;
        if (last.at().isAfter(now.minus(FRESH))) {
            return last.tags();
        }
        Seen fresh = new Seen(now, tags.all(ResourceType.MANAGED_INSTANCE));
        seen = fresh;
        return fresh.tags();
    }

    private static Server tagged(Server server, Map<String, Map<String, String>> given) {
        Map<String, String> more = given.get(server.id().value());
        if (more == null) {
            return server;
        }
        Map<String, String> all = new HashMap<>(more);
        all.putAll(server.tags());
        return server.tagged(all);
    }

    private record Seen(Instant at, Map<String, Map<String, String>> tags) {}
}
