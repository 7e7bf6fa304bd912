package io.patchway.api.ssm.tag;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.Empty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.SsmException;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.maintenance.MarkedInventory;
import io.patchway.tag.ResourceType;
import io.patchway.tag.Tags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Tags of nodes, maintenance windows and baselines. */
public final class TagOperations implements OperationGroup {
    private final Tags tags;
    private final NodeIds nodes;
    private final Baselines baselines;
    private final Predicate<String> windowExists;

    /**
     * @param nodes over the inventory as its files have it, without the tags of the API
     * @param windowExists whether there is a maintenance window with this id
     */
    public TagOperations(Tags tags, NodeIds nodes, Baselines baselines, Predicate<String> windowExists) {
        this.tags = tags;
        this.nodes = nodes;
        this.baselines = baselines;
        this.windowExists = windowExists;
    }

    @Override
    public void addTo(OperationTable table) {
        table.administers("AddTagsToResource", AddTagsToResource.class, this::add);
        table.administers("RemoveTagsFromResource", RemoveTagsFromResource.class, this::remove);
        table.reads("ListTagsForResource", ListTagsForResource.class, this::list);
    }

    /** Which tags a resource shall have. */
    record AddTagsToResource(
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("ResourceId") String resourceId,
            @JsonProperty("Tags") List<Tag> tags) {}

    /** Which tags a resource shall lose. */
    record RemoveTagsFromResource(
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("ResourceId") String resourceId,
            @JsonProperty("TagKeys") List<String> tagKeys) {}

    /** Whose tags are asked for. */
    record ListTagsForResource(
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("ResourceId") String resourceId) {}

    /** The tags of a resource. */
    record TagList(@JsonProperty("TagList") List<Tag> tagList) {}

    Empty add(Caller caller, AddTagsToResource call) {
        TagTarget target = target(call.resourceType(), call.resourceId());
        Map<String, String> added = Tag.byKey(call.tags());
        checkFree(target, added.keySet(), "changed");
        tags.add(
                target.type(), target.resource(), added, all -> checkRoom(all.size() + ownTags(target)), caller.name());
        return new Empty();
    }

    Empty remove(Caller caller, RemoveTagsFromResource call) {
        TagTarget target = target(call.resourceType(), call.resourceId());
        checkFree(target, call.tagKeys(), "removed");
        tags.remove(target.type(), target.resource(), call.tagKeys(), caller.name());
        return new Empty();
    }

    TagList list(ListTagsForResource call) {
        TagTarget target = target(call.resourceType(), call.resourceId());
        Map<String, String> all = new TreeMap<>(tags.of(target.type(), target.resource()));
        all.putAll(target.fixed());
        return new TagList(Tag.of(all));
    }

    private static void checkRoom(int count) {
        if (count > Tags.MOST) {
            throw new SsmException(
                    "TooManyTagsError",
                    "The resource would have " + count + " tags, but may have no more than " + Tags.MOST
                            + ". Remove some first.");
        }
    }

    /** The tag that tells of maintenance mode takes nobody's room. */
    private static int ownTags(TagTarget target) {
        return target.fixed().size() - (target.fixed().containsKey(MarkedInventory.TAG) ? 1 : 0);
    }

    private static void checkFree(TagTarget target, Collection<String> keys, String how) {
        if (keys.contains(MarkedInventory.TAG)) {
            throw SsmException.invalid("The tag '" + MarkedInventory.TAG + "' tells that a node is in maintenance mode"
                    + " and cannot be " + how + "; enter or leave maintenance mode instead.");
        }
        keys.stream().filter(target.fixed()::containsKey).findFirst().ifPresent(key -> {
            throw SsmException.invalid("The tag '" + key + "' of " + target.resource() + " stands in " + target.place()
                    + " and can be " + how + " only there.");
        });
    }

    private TagTarget target(String type, String id) {
        return switch (type) {
            case "ManagedInstance" -> node(id);
            case "PatchBaseline" -> baseline(id);
            case "MaintenanceWindow" -> window(id);
            default ->
                throw new SsmException(
                        "InvalidResourceType",
                        "Resources of type " + type
                                + " are not managed here; use ManagedInstance, MaintenanceWindow or PatchBaseline.");
        };
    }

    private TagTarget node(String id) {
        return nodes.find(id)
                .map(server -> new TagTarget(
                        ResourceType.MANAGED_INSTANCE, server.id().value(), server.tags(), "config/servers.yaml"))
                .orElseThrow(() -> unknown("managed node", id));
    }

    private TagTarget baseline(String id) {
        StoredBaseline baseline =
                BaselineId.read(id).flatMap(baselines::find).orElseThrow(() -> unknown("patch baseline", id));
        if (baseline.owner() == Owner.PREDEFINED) {
            throw new SsmException(
                    "InvalidResourceId",
                    "Patch baseline " + baseline.name() + " is predefined; predefined baselines carry no tags.");
        }
        return TagTarget.of(ResourceType.PATCH_BASELINE, baseline.id().value());
    }

    private TagTarget window(String id) {
        if (!windowExists.test(id)) {
            throw unknown("maintenance window", id);
        }
        return TagTarget.of(ResourceType.MAINTENANCE_WINDOW, id);
    }

    private static SsmException unknown(String kind, String id) {
        return new SsmException("InvalidResourceId", "There is no " + kind + " " + id + ".");
    }
}
