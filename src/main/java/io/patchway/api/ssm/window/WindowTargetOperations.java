package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.Replacement;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.WindowTarget;
import io.patchway.run.window.WindowTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Registers, changes, shows and removes the targets of maintenance windows. */
final class WindowTargetOperations implements OperationGroup {
    private static final int MOST_TARGETS = 100;

    private static final Map<String, Function<WindowTarget, Optional<String>>> FILTERS = Map.of(
            "Type", target -> Optional.of(target.resourceType()),
            "WindowTargetId", target -> Optional.of(target.id().toString()),
            "OwnerInformation", WindowTarget::ownerInformation);

    private final WindowAccess windows;
    private final ClientTokens tokens;
    private final NodeIds nodes;

    WindowTargetOperations(WindowAccess windows, ClientTokens tokens, NodeIds nodes) {
        this.windows = windows;
        this.tokens = tokens;
        this.nodes = nodes;
    }

    @Override
    public void addTo(OperationTable table) {
        table.administers("RegisterTargetWithMaintenanceWindow", Register.class, this::register);
        table.administers("UpdateMaintenanceWindowTarget", Update.class, this::update);
        table.administers("DeregisterTargetFromMaintenanceWindow", Deregister.class, this::deregister);
        table.reads("DescribeMaintenanceWindowTargets", WindowListing.class, this::describe);
    }

    static List<TargetEntry> entries(List<TargetDocument> targets) {
        return targets.stream()
                .map(target -> new TargetEntry(target.key() == null ? "" : target.key(), target.values()))
                .toList();
    }

    static List<TargetDocument> documents(List<TargetEntry> entries) {
        return entries.stream()
                .map(entry -> new TargetDocument(entry.key(), entry.values()))
                .toList();
    }

    record Register(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("Targets") List<TargetDocument> targets,
            @JsonProperty("OwnerInformation") Optional<String> ownerInformation,
            @JsonProperty("Name") Optional<String> name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("ClientToken") Optional<String> clientToken) {}

    record Registered(@JsonProperty("WindowTargetId") String windowTargetId) {}

    private Registered register(Caller caller, Register request) {
        check(request.targets());
        return new Registered(tokens.once(
                "RegisterTargetWithMaintenanceWindow", caller, request.clientToken(), request, newId -> {
                    WindowTarget target = new WindowTarget(
                            newId.uuid(),
                            request.resourceType(),
                            entries(request.targets()),
                            request.ownerInformation(),
                            request.name(),
                            request.description());
                    windows.change(
                            caller,
                            request.windowId(),
                            "window.target-registered",
                            "target " + target.id(),
                            window -> added(window, target));
                    return target.id().toString();
                }));
    }

    private StoredWindow added(StoredWindow window, WindowTarget target) {
        if (window.target(target.id()).isPresent()) {
            return window;
        }
        if (window.targets().size() >= MOST_TARGETS) {
            throw new SsmException(
                    "ResourceLimitExceededException", "A maintenance window has at most " + MOST_TARGETS + " targets");
        }
        return window.withTargets(
                targets -> Stream.concat(targets.stream(), Stream.of(target)).toList(), windows.now());
    }

    private void check(List<TargetDocument> targets) {
        if (targets == null || targets.isEmpty()) {
            throw SsmException.invalid("Please specify at least one target, such as Key=InstanceIds or Key=tag:NAME");
        }
        TargetDocument.selection(targets, nodes);
    }

    record Update(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("WindowTargetId") String windowTargetId,
            @JsonProperty("Targets") Optional<List<TargetDocument>> targets,
            @JsonProperty("OwnerInformation") Optional<String> ownerInformation,
            @JsonProperty("Name") Optional<String> name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("Replace") Optional<Boolean> replace) {

        WindowTarget of(WindowTarget old) {
            Replacement rule = Replacement.of(replace);
            return new WindowTarget(
                    old.id(),
                    old.resourceType(),
                    rule.required("targets", targets.map(WindowTargetOperations::entries), old.entries()),
                    rule.optional(ownerInformation, old.ownerInformation()),
                    rule.optional(name, old.name()),
                    rule.optional(description, old.description()));
        }
    }

    private Shown update(Caller caller, Update request) {
        request.targets().ifPresent(this::check);
        UUID id = WindowAccess.uuid(request.windowTargetId());
        StoredWindow changed =
                windows.change(caller, request.windowId(), "window.target-changed", "target " + id, window -> {
                    WindowTarget target = request.of(registered(window, id));
                    return window.withTargets(targets -> replaced(targets, target), windows.now());
                });
        return Shown.of(changed, registered(changed, id), false);
    }

    private static List<WindowTarget> replaced(List<WindowTarget> targets, WindowTarget changed) {
        List<WindowTarget> all = new ArrayList<>(targets);
        all.replaceAll(target -> target.id().equals(changed.id()) ? changed : target);
        return all;
    }

    private static WindowTarget registered(StoredWindow window, UUID id) {
        return window.target(id)
                .orElseThrow(() -> WindowAccess.missing("Target " + id + " of maintenance window " + window.id()));
    }

    record Deregister(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("WindowTargetId") String windowTargetId,
            @JsonProperty("Safe") Optional<Boolean> safe) {}

    record Deregistered(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("WindowTargetId") String windowTargetId) {}

    private Deregistered deregister(Caller caller, Deregister request) {
        UUID id = WindowAccess.uuid(request.windowTargetId());
        windows.change(caller, request.windowId(), "window.target-deregistered", "target " + id, window -> {
            WindowTarget target = registered(window, id);
            if (request.safe().orElse(false)) {
                refuseUse(window, target);
            }
            return window.withTargets(
                    targets -> targets.stream()
                            .filter(each -> !each.equals(target))
                            .toList(),
                    windows.now());
        });
        return new Deregistered(request.windowId(), request.windowTargetId());
    }

    private static void refuseUse(StoredWindow window, WindowTarget target) {
        List<String> tasks = window.tasks().stream()
                .filter(task -> task.uses(target.id()))
                .map(WindowTask::id)
                .map(UUID::toString)
                .toList();
        if (!tasks.isEmpty()) {
            throw new SsmException(
                    "TargetInUseException",
                    "Target " + target.id() + " is named by the tasks " + String.join(", ", tasks)
                            + "; deregister them first, or deregister the target without Safe");
        }
    }

    record Described(
            @JsonProperty("Targets") List<Shown> targets,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    private Described describe(WindowListing request) {
        StoredWindow window = windows.existing(request.windowId());
        Paging.Cut<WindowTarget> page = request.page(window.targets(), FILTERS);
        return new Described(
                page.entries().stream()
                        .map(target -> Shown.of(window, target, true))
                        .toList(),
                page.nextToken());
    }

    record Shown(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("WindowTargetId") String windowTargetId,
            @JsonProperty("ResourceType") Optional<String> resourceType,
            @JsonProperty("Targets") List<TargetDocument> targets,
            @JsonProperty("OwnerInformation") Optional<String> ownerInformation,
            @JsonProperty("Name") Optional<String> name,
            @JsonProperty("Description") Optional<String> description) {
        static Shown of(StoredWindow window, WindowTarget target, boolean withType) {
            return new Shown(
                    window.id().value(),
                    target.id().toString(),
                    Optional.of(target.resourceType()).filter(type -> withType),
                    documents(target.entries()),
                    target.ownerInformation(),
                    target.name(),
                    target.description());
        }
    }
}
