package io.patchway.store;

import io.patchway.tag.ResourceType;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of tags. */
final class TagRows {
    private TagRows() {}

    static SortedMap<String, String> of(Handle handle, ResourceType type, String resource) {
        SortedMap<String, String> tags = new TreeMap<>();
        handle.createQuery("select tag_key, tag_value from resource_tag"
                        + " where resource_type = :type and resource_id = :resource")
                .bind("type", type.word())
                .bind("resource", resource)
                .map(row -> Map.entry(row.getColumn("tag_key", String.class), row.getColumn("tag_value", String.class)))
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    /** Inserts tags whose keys the resource does not have yet. */
    static void add(Handle handle, ResourceType type, String resource, Map<String, String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
            insert into resource_tag (resource_type, resource_id, tag_key, tag_value)
            values (:type, :resource, :key, :value)
            """);
        tags.forEach((key, value) -> batch.bind("type", type.word())
                .bind("resource", resource)
                .bind("key", key)
                .bind("value", value)
                .add());
        batch.execute();
    }

    static int remove(Handle handle, ResourceType type, String resource, Collection<String> keys) {
        if (keys.isEmpty()) {
            return 0;
        }
        return handle.createUpdate("""
            delete from resource_tag
            where resource_type = :type and resource_id = :resource and tag_key in (<keys>)
            """)
                .bind("type", type.word())
                .bind("resource", resource)
                .bindList("keys", keys)
                .execute();
    }

    static void removeAll(Handle handle, ResourceType type, String resource) {
        handle.createUpdate("delete from resource_tag where resource_type = :type and resource_id = :resource")
                .bind("type", type.word())
                .bind("resource", resource)
                .execute();
    }
}
