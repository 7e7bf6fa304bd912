package io.patchway.api.ssm.tag;

import io.patchway.tag.ResourceType;
import java.util.Map;

/**
 * What tags are given to.
 *
 * @param resource its id in the table of tags
 * @param fixed tags that stand in a file, and can be changed only there
 * @param place where that file is, for people
 */
record TagTarget(ResourceType type, String resource, Map<String, String> fixed, String place) {
    TagTarget {
        fixed = Map.copyOf(fixed);
    }

    static TagTarget of(ResourceType type, String resource) {
        return new TagTarget(type, resource, Map.of(), "");
    }
}
