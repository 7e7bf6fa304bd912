package io.patchway.api.ssm.tag;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.SsmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tag of a resource. */
public record Tag(
        @JsonProperty("Key") String key,
        @JsonProperty("Value") String value) {

    /**
     * Tags by their keys.
     *
     * @throws SsmException {@code ValidationException} when two have one key
     */
    public static Map<String, String> byKey(List<Tag> tags) {
        Map<String, String> byKey = new TreeMap<>();
        for (Tag tag : tags) {
            if (byKey.put(tag.key(), tag.value()) != null) {
                throw SsmException.invalid(
                        "Tags names the key '" + tag.key() + "' twice; a resource has each key once");
            }
        }
        return byKey;
    }

    static List<Tag> of(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                        .toList();
    }
}
