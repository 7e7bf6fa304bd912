package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.audit.ConfigurationHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The configuration of each node as it last was, in a database. Thread-safe. */
public final class SqlConfigurationHistory implements ConfigurationHistory {
    private final Database database;
    private final String node;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node; each has a configuration of its own */
    public SqlConfigurationHistory(Database database, String node, Clock clock) {
        this.database = database;
        this.node = node;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public int compare(Map<String, String> present) {
        Instant now = clock.instant();
        return database.inTransaction(handle -> {
            Map<String, String> known = known(handle);
            SortedSet<String> items = new TreeSet<>(known.keySet());
            items.addAll(present.keySet());
            items.removeIf(item -> present.getOrDefault(item, "").equals(known.getOrDefault(item, "")));
            for (String item : items) {
                remember(handle, item, known.get(item), present.get(item), now);
            }
            return items.size();
        });
    }

    private Map<String, String> known(Handle handle) {
        Map<String, String> known = new HashMap<>();
        handle.createQuery("select item, fingerprint from known_configuration where node = :node")
                .bind("node", node)
                .map(row -> Map.entry(row.getColumn("item", String.class), row.getColumn("fingerprint", String.class)))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    private void remember(Handle handle, String item, String before, String after, Instant now) {
        handle.createUpdate("delete from known_configuration where node = :node and item = :item")
                .bind("node", node)
                .bind("item", item)
                .execute();
        if (after != null) {
            handle.createUpdate("insert into known_configuration (node, item, fingerprint)"
                            + " values (:node, :item, :fingerprint)")
                    .bind("node", node)
                    .bind("item", item)
                    .bind("fingerprint", after)
                    .execute();
        }
        String action = before == null ? "added" : after == null ? "removed" : "changed";
        String detail = before == null ? after : after == null ? "was " + before : after + ", was " + before;
        audit.insert(handle, AuditLog.PATCHWAY, "configuration." + action, item, detail, now);
    }
}
