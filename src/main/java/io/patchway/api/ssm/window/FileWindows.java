package io.patchway.api.ssm.window;

import io.patchway.api.ssm.DerivedIds;
import io.patchway.api.ssm.NodeIds;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestForm;
import io.patchway.run.window.FileWindow;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.WindowTarget;
import io.patchway.run.window.WindowTask;
import io.patchway.server.ServerId;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.WindowId;
import io.patchway.window.WindowTerms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The windows of files in the shape that the API shows: ids that follow from their names, each kind of target by
 * itself, and one task.
 */
public final class FileWindows {
    private static final String NODES = "INSTANCE";

    private FileWindows() {}

    /** @param readAt when the files were read */
    public static List<StoredWindow> of(List<FileWindow> windows, Instant readAt) {
        return windows.stream().map(window -> stored(window, readAt)).toList();
    }

    private static StoredWindow stored(FileWindow file, Instant readAt) {
        MaintenanceWindow timing = file.window();
        List<WindowTarget> targets = targets(timing.name(), file.request());
        return new StoredWindow(
                id(timing.name()),
                Optional.of(file.file()),
                terms(timing),
                timing,
                targets,
                List.of(task(timing.name(), file.request(), targets)),
                readAt,
                readAt,
                Optional.empty());
    }

    /** The id of a window that is written in a file. */
    static WindowId id(String name) {
        return new WindowId("mw-" + DerivedIds.hex17("window", name));
    }

    private static WindowTerms terms(MaintenanceWindow timing) {
        return new WindowTerms(
                timing.name(),
                Optional.empty(),
                timing.schedule().text(),
                Optional.of(timing.zone().getId()),
                Optional.empty(),
                timing.start()
                        .map(start ->
                                start.atZone(timing.zone()).toOffsetDateTime().toString()),
                timing.end()
                        .map(end -> end.atZone(timing.zone()).toOffsetDateTime().toString()),
                hours(timing.duration()),
                hours(timing.cutoff()),
                true,
                timing.enabled());
    }

    /** The API knows whole hours only: an hour that has begun counts. */
    private static int hours(Duration length) {
        return (int) length.plusHours(1).minusNanos(1).toHours();
    }

    private static List<WindowTarget> targets(String window, RequestForm form) {
        List<WindowTarget> targets = new ArrayList<>();
        if (!form.servers().isEmpty()) {
            targets.add(target(window, new TargetEntry("InstanceIds", nodes(form.servers()))));
        }
        if (!form.groups().isEmpty()) {
            targets.add(target(window, new TargetEntry("resource-groups:Name", form.groups())));
        }
        if (!form.tags().isEmpty()) {
            targets.add(target(
                    window,
                    form.tags().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(tag -> new TargetEntry("tag:" + tag.getKey(), List.of(tag.getValue())))
                            .toArray(TargetEntry[]::new)));
        }
        return targets;
    }

    /** What is no server id leads to no node; the request itself refuses it by name. */
    private static List<String> nodes(List<String> servers) {
        List<String> nodes = new ArrayList<>();
        for (String server : servers) {
            try {
                nodes.add(NodeIds.of(new ServerId(server)));
            } catch (IllegalArgumentException e) {
                nodes.add(server);
            }
        }
        return nodes;
    }

    private static WindowTarget target(String window, TargetEntry... entries) {
        return new WindowTarget(
                uuid("target " + entries[0].key() + " of window " + window),
                NODES,
                List.of(entries),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static WindowTask task(String window, RequestForm form, List<WindowTarget> targets) {
        List<String> ids =
                targets.stream().map(target -> target.id().toString()).toList();
        return new WindowTask(
                uuid("task of window " + window),
                "AWS-RunPatchBaseline",
                List.of(new TargetEntry(TargetEntry.WINDOW_TARGETS, ids)),
                Optional.of(0),
                form.rollout().flatMap(rollout -> rollout.maxConcurrency()).map(Object::toString),
                form.rollout().flatMap(rollout -> rollout.errorBudget()).map(Object::toString),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(invocation(form)),
                Optional.empty(),
                form);
    }

    private static String invocation(RequestForm form) {
        return "{\"RunCommand\":{\"Parameters\":{\"Operation\":[\"%s\"],\"RebootOption\":[\"%s\"]}}}"
                .formatted(
                        form.operation() == Operation.SCAN ? "Scan" : "Install",
                        form.rebootOption() == RebootOption.NEVER ? "NoReboot" : "RebootIfNeeded");
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
