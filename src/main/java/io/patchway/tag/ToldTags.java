package io.patchway.tag;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Tags that tell of each change that is made through them.
 *
 * @param changed is run after a change
 */
public record ToldTags(Tags tags, Runnable changed) implements Tags {
    @Override
    public SortedMap<String, String> of(ResourceType type, String resource) {
        return tags.of(type, resource);
    }

    @Override
    public Map<String, Map<String, String>> all(ResourceType type) {
        return tags.all(type);
    }

    @Override
    public void add(
            ResourceType type,
            String resource,
            Map<String, String> more,
            Consumer<? super Map<String, String>> check,
            String actor) {
        tags.add(type, resource, more, check, actor);
        changed.run();
    }

    @Override
    public void remove(ResourceType type, String resource, Collection<String> keys, String actor) {
        tags.remove(type, resource, keys, actor);
        changed.run();
    }
}
