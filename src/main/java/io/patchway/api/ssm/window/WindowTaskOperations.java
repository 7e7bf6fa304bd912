package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.access.Caller;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.Replacement;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.api.ssm.command.RateControl;
import io.patchway.run.window.CutoffBehavior;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.WindowTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Registers, changes, shows and removes the tasks of maintenance windows. */
final class WindowTaskOperations implements OperationGroup {
    private static final int MOST_TASKS = 20;

    private static final Map<String, Function<WindowTask, Optional<String>>> FILTERS = Map.of(
            "WindowTaskId", task -> Optional.of(task.id().toString()),
            "TaskArn", task -> Optional.of(task.document()),
            "Priority", task -> Optional.of(String.valueOf(task.rank())),
            "TaskType", task -> Optional.of("RUN_COMMAND"));

    private final WindowAccess windows;
    private final ClientTokens tokens;
    private final TaskRule rule;

    WindowTaskOperations(WindowAccess windows, ClientTokens tokens, TaskRule rule) {
        this.windows = windows;
        this.tokens = tokens;
        this.rule = rule;
    }

    @Override
    public void addTo(OperationTable table) {
        table.administers("RegisterTaskWithMaintenanceWindow", Register.class, this::register);
        table.administers("UpdateMaintenanceWindowTask", Update.class, this::update);
        table.administers("DeregisterTaskFromMaintenanceWindow", Named.class, this::deregister);
        table.reads("GetMaintenanceWindowTask", Named.class, this::get);
        table.reads("DescribeMaintenanceWindowTasks", WindowListing.class, this::describe);
    }

    record Register(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("Targets") List<TargetDocument> targets,
            @JsonProperty("TaskArn") String taskArn,
            @JsonProperty("ServiceRoleArn") Optional<String> serviceRoleArn,
            @JsonProperty("TaskType") String taskType,
            @JsonProperty("TaskInvocationParameters") Optional<ObjectNode> taskInvocationParameters,
            @JsonProperty("Priority") Optional<Integer> priority,
            @JsonProperty("MaxConcurrency") Optional<String> maxConcurrency,
            @JsonProperty("MaxErrors") Optional<String> maxErrors,
            @JsonProperty("LoggingInfo") Optional<ObjectNode> loggingInfo,
            @JsonProperty("Name") Optional<String> name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("ClientToken") Optional<String> clientToken,
            @JsonProperty("CutoffBehavior") Optional<CutoffBehavior> cutoffBehavior,
            @JsonProperty("AlarmConfiguration") Optional<ObjectNode> alarmConfiguration) {
        Register {
            targets = targets == null ? List.of() : List.copyOf(targets);
        }
    }

    record Registered(@JsonProperty("WindowTaskId") String windowTaskId) {}

    private Registered register(Caller caller, Register request) {
        refuseAlarms(request.alarmConfiguration());
        rule.checkKind(
                request.taskType(),
                WindowTargetOperations.entries(request.targets()),
                request.maxConcurrency(),
                request.maxErrors());
        return new Registered(tokens.once(
                "RegisterTaskWithMaintenanceWindow", caller, request.clientToken(), request, newId -> {
                    WindowTask task = task(newId.uuid(), request);
                    windows.change(
                            caller,
                            request.windowId(),
                            "window.task-registered",
                            "task " + task.id(),
                            window -> added(window, task));
                    return task.id().toString();
                }));
    }

    private WindowTask task(UUID id, Register request) {
        return new WindowTask(
                id,
                request.taskArn(),
                WindowTargetOperations.entries(request.targets()),
                request.priority(),
                request.maxConcurrency(),
                request.maxErrors(),
                Optional.of(request.cutoffBehavior().orElse(CutoffBehavior.CONTINUE_TASK)),
                request.name(),
                request.description(),
                request.serviceRoleArn(),
                request.taskInvocationParameters().map(ObjectNode::toString),
                request.loggingInfo().map(ObjectNode::toString),
                rule.form(
                        request.taskArn(),
                        request.targets(),
                        request.taskInvocationParameters(),
                        RateControl.of(request.maxConcurrency(), request.maxErrors())));
    }

    private StoredWindow added(StoredWindow window, WindowTask task) {
        if (window.task(task.id()).isPresent()) {
            return window;
        }
        rule.checkTargets(window, task);
        if (window.tasks().size() >= MOST_TASKS) {
            throw new SsmException(
                    "ResourceLimitExceededException", "A maintenance window has at most " + MOST_TASKS + " tasks");
        }
        return window.withTasks(
                tasks -> Stream.concat(tasks.stream(), Stream.of(task)).toList(), windows.now());
    }

    private static void refuseAlarms(Optional<ObjectNode> alarms) {
        if (alarms.isPresent()) {
            throw new SsmException(
                    "FeatureNotAvailableException",
                    "There are no alarms here that could stop a task; leave AlarmConfiguration out");
        }
    }

    record Update(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("WindowTaskId") String windowTaskId,
            @JsonProperty("Targets") Optional<List<TargetDocument>> targets,
            @JsonProperty("TaskArn") Optional<String> taskArn,
            @JsonProperty("ServiceRoleArn") Optional<String> serviceRoleArn,
            @JsonProperty("TaskInvocationParameters") Optional<ObjectNode> taskInvocationParameters,
            @JsonProperty("Priority") Optional<Integer> priority,
            @JsonProperty("MaxConcurrency") Optional<String> maxConcurrency,
            @JsonProperty("MaxErrors") Optional<String> maxErrors,
            @JsonProperty("LoggingInfo") Optional<ObjectNode> loggingInfo,
            @JsonProperty("Name") Optional<String> name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("Replace") Optional<Boolean> replace,
            @JsonProperty("CutoffBehavior") Optional<CutoffBehavior> cutoffBehavior,
            @JsonProperty("AlarmConfiguration") Optional<ObjectNode> alarmConfiguration) {}

    private WindowTaskDocument update(Caller caller, Update request) {
        refuseAlarms(request.alarmConfiguration());
        UUID id = WindowAccess.uuid(request.windowTaskId());
        StoredWindow changed =
                windows.change(caller, request.windowId(), "window.task-changed", "task " + id, window -> {
                    WindowTask task = changed(request, registered(window, id));
                    rule.checkTargets(window, task);
                    return window.withTasks(tasks -> replaced(tasks, task), windows.now());
                });
        return WindowTaskDocument.alone(changed, registered(changed, id), false);
    }

    private WindowTask changed(Update request, WindowTask old) {
        Replacement update = Replacement.of(request.replace());
        List<TargetEntry> targets =
                update.required("targets", request.targets().map(WindowTargetOperations::entries), old.targets());
        String document = update.required("taskArn", request.taskArn(), old.document());
        Optional<String> concurrency = update.optional(request.maxConcurrency(), old.maxConcurrency());
        Optional<String> errors = update.optional(request.maxErrors(), old.maxErrors());
        Optional<String> invocation =
                update.optional(request.taskInvocationParameters().map(ObjectNode::toString), old.invocation());
        return new WindowTask(
                old.id(),
                document,
                targets,
                update.optional(request.priority(), old.priority()),
                concurrency,
                errors,
                update.optional(request.cutoffBehavior(), old.cutoff())
                        .or(() -> Optional.of(CutoffBehavior.CONTINUE_TASK)),
                update.optional(request.name(), old.name()),
                update.optional(request.description(), old.description()),
                update.optional(request.serviceRoleArn(), old.serviceRole()),
                invocation,
                update.optional(request.loggingInfo().map(ObjectNode::toString), old.logging()),
                rule.form(
                        document,
                        WindowTargetOperations.documents(targets),
                        invocation.map(WindowTaskDocument::json),
                        RateControl.of(concurrency, errors)));
    }

    private static List<WindowTask> replaced(List<WindowTask> tasks, WindowTask changed) {
        List<WindowTask> all = new ArrayList<>(tasks);
        all.replaceAll(task -> task.id().equals(changed.id()) ? changed : task);
        return all;
    }

    private static WindowTask registered(StoredWindow window, UUID id) {
        return window.task(id)
                .orElseThrow(() -> WindowAccess.missing("Task " + id + " of maintenance window " + window.id()));
    }

    record Named(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("WindowTaskId") String windowTaskId) {}

    private Named deregister(Caller caller, Named request) {
        UUID id = WindowAccess.uuid(request.windowTaskId());
        windows.change(caller, request.windowId(), "window.task-deregistered", "task " + id, window -> {
            WindowTask task = registered(window, id);
            return window.withTasks(
                    tasks -> tasks.stream().filter(each -> !each.equals(task)).toList(), windows.now());
        });
        return request;
    }

    private WindowTaskDocument get(Named request) {
        StoredWindow window = windows.existing(request.windowId());
        return WindowTaskDocument.alone(window, registered(window, WindowAccess.uuid(request.windowTaskId())), true);
    }

    record Described(
            @JsonProperty("Tasks") List<WindowTaskDocument> tasks,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    private Described describe(WindowListing request) {
        StoredWindow window = windows.existing(request.windowId());
        Paging.Cut<WindowTask> page = request.page(window.tasks(), FILTERS);
        return new Described(
                page.entries().stream()
                        .map(task -> WindowTaskDocument.listed(window, task))
                        .toList(),
                page.nextToken());
    }
}
