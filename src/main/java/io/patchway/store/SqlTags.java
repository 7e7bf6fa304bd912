package io.patchway.store;

import io.patchway.tag.ResourceType;
import io.patchway.tag.Tags;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The tags of all resources in a database. Thread-safe. */
public final class SqlTags implements Tags {
    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlTags(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public SortedMap<String, String> of(ResourceType type, String resource) {
        return database.inTransaction(handle -> TagRows.of(handle, type, resource));
    }

    @Override
    public Map<String, Map<String, String>> all(ResourceType type) {
        Map<String, Map<String, String>> all = new HashMap<>();
        database.inTransaction(handle -> handle.createQuery("select * from resource_tag where resource_type = :type")
                        .bind("type", type.word())
                        .map(row -> new Row(
                                row.getColumn("resource_id", String.class),
                                row.getColumn("tag_key", String.class),
                                row.getColumn("tag_value", String.class)))
                        .list())
                .forEach(row -> all.computeIfAbsent(row.resource(), resource -> new HashMap<>())
                        .put(row.key(), row.value()));
        return all;
    }

    @Override
    public void add(
            ResourceType type,
            String resource,
            Map<String, String> tags,
            Consumer<? super Map<String, String>> check,
            String actor) {
        Instant now = clock.instant();
        database.inTransaction(handle -> {
            TagRows.remove(handle, type, resource, tags.keySet());
            TagRows.add(handle, type, resource, tags);
            check.accept(TagRows.of(handle, type, resource));
            tell(handle, actor, "tag.added", type, resource, tags.toString(), now);
            return true;
        });
    }

    @Override
    public void remove(ResourceType type, String resource, Collection<String> keys, String actor) {
        Instant now = clock.instant();
        database.inTransaction(handle -> {
            int removed = TagRows.remove(handle, type, resource, keys);
            if (removed > 0) {
                tell(handle, actor, "tag.removed", type, resource, keys.toString(), now);
            }
            return removed;
        });
    }

    private void tell(
            Handle handle,
            String actor,
            String action,
            ResourceType type,
            String resource,
            String detail,
            Instant now) {
        audit.insert(handle, actor, action, type.word() + " " + resource, detail, now);
    }

    private record Row(String resource, String key, String value) {}
}
