package io.patchway.tag;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** The tags of all resources. Each change is told to the audit log. Thread-safe; any number of nodes may share it. */
public interface Tags {
    /** Tags that one resource may carry. */
    int MOST = 50;

    /** The tags of a resource, ordered by key; empty when it has none. */
    SortedMap<String, String> of(ResourceType type, String resource);

    /** The tags of all resources of a type, by resource. */
    Map<String, Map<String, String>> all(ResourceType type);

    /**
     * Adds tags, and gives those that are there already a new value.
     *
     * @param check is told the tags that the resource would have; what it throws is thrown here, and nothing has
     *     changed
     */
    void add(
            ResourceType type,
            String resource,
            Map<String, String> tags,
            Consumer<? super Map<String, String>> check,
            String actor);

    /** Removes tags by their keys; those that are not there do not matter. */
    void remove(ResourceType type, String resource, Collection<String> keys, String actor);
}
