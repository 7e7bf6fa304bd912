package io.patchway.api.ssm;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.server.ServerSelection;
import io.patchway.server.ServerSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One entry of {@code Targets}: which nodes are meant.
 *
 * @param key {@code InstanceIds}, {@code tag:NAME}, {@code tag-key} or {@code resource-groups:Name}
 */
public record TargetDocument(
        @JsonProperty("Key") String key,
        @JsonProperty("Values") List<String> values) {
    private static final String TAG = "tag:";

    public TargetDocument {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /**
     * The servers that fulfil all entries. Node ids that nobody has mean nobody.
     *
     * @throws SsmException {@code ValidationException} for a key that is not known
     */
    public static ServerSelection selection(List<TargetDocument> targets, NodeIds nodes) {
        List<ServerSelector> selectors = new ArrayList<>();
        for (TargetDocument target : targets) {
            selectors.add(target.selector(nodes));
        }
        return new ServerSelection(selectors);
    }

    private ServerSelector selector(NodeIds nodes) {
        if (key != null && key.startsWith(TAG) && key.length() > TAG.length()) {
            return new ServerSelector.TagValue(key.substring(TAG.length()), values);
        }
        return switch (key == null ? "" : key) {
            case "InstanceIds" -> new ServerSelector.Ids(ids(nodes));
            case "tag-key" -> new ServerSelector.TagKey(values);
            case "resource-groups:Name" -> new ServerSelector.Group(values);
            default ->
                throw SsmException.invalid("The target key '" + key + "' is not supported; use InstanceIds, tag:NAME,"
                        + " tag-key or resource-groups:Name (the name of a server group)");
        };
    }

    private Set<ServerId> ids(NodeIds nodes) {
        return values.stream()
                .map(nodes::find)
                .flatMap(Optional::stream)
                .map(Server::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
