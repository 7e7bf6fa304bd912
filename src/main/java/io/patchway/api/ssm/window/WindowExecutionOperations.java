package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.FilteredPages;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.run.window.TaskExecution;
import io.patchway.run.window.WindowExecution;
import io.patchway.run.window.WindowExecutions;
import io.patchway.run.window.WindowStatus;
import io.patchway.window.WindowId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Shows what was done at the openings of maintenance windows, and cancels it. */
final class WindowExecutionOperations implements OperationGroup {
    private static final String BEFORE = "ExecutedBefore";
    private static final String AFTER = "ExecutedAfter";

    private final WindowExecutions executions;
    private final TaskInvocations invocations;
    private final Clock clock;

    WindowExecutionOperations(WindowExecutions executions, TaskInvocations invocations, Clock clock) {
        this.executions = executions;
        this.invocations = invocations;
        this.clock = clock;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("DescribeMaintenanceWindowExecutions", Describe.class, this::describe);
        table.reads("GetMaintenanceWindowExecution", Named.class, this::get);
        table.operates("CancelMaintenanceWindowExecution", Named.class, this::cancel);
        table.reads("DescribeMaintenanceWindowExecutionTasks", DescribeTasks.class, this::describeTasks);
        table.reads("GetMaintenanceWindowExecutionTask", NamedTask.class, this::getTask);
        table.reads(
                "DescribeMaintenanceWindowExecutionTaskInvocations",
                DescribeInvocations.class,
                this::describeInvocations);
        table.reads("GetMaintenanceWindowExecutionTaskInvocation", NamedInvocation.class, this::getInvocation);
    }

    record Describe(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("Filters") List<WindowFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        Describe {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record Described(
            @JsonProperty("WindowExecutions") List<Shown> windowExecutions,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record Shown(
            @JsonProperty("WindowId") Optional<String> windowId,
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskIds") Optional<List<String>> taskIds,
            @JsonProperty("Status") WindowStatus status,
            @JsonProperty("StatusDetails") Optional<String> statusDetails,
            @JsonProperty("StartTime") Instant startTime,
            @JsonProperty("EndTime") Optional<Instant> endTime) {

        static Shown of(WindowExecution execution, boolean alone) {
            return new Shown(
                    Optional.of(execution.window().value()).filter(id -> !alone),
                    execution.id().toString(),
                    Optional.of(execution.tasks().stream()
                                    .map(task -> task.id().toString())
                                    .toList())
                            .filter(ids -> alone),
                    execution.shownStatus(),
                    text(execution.details()),
                    execution.startedAt(),
                    execution.endedAt());
        }
    }

    private Described describe(Describe request) {
        WindowFilter.allow(request.filters(), BEFORE, AFTER);
        Optional<Instant> before = WindowFilter.time(request.filters(), BEFORE);
        Optional<Instant> after = WindowFilter.time(request.filters(), AFTER);
        Predicate<WindowExecution> wanted = execution -> before.stream().allMatch(execution.startedAt()::isBefore)
                && after.stream().allMatch(execution.startedAt()::isAfter);
        WindowId window = new WindowId(request.windowId());
        Paging.Cut<WindowExecution> page = FilteredPages.of(
                (cursor, limit) -> executions.of(window, cursor, limit),
                wanted,
                request.nextToken(),
                WindowAccess.most(request.maxResults()));
        return new Described(
                page.entries().stream()
                        .map(execution -> Shown.of(execution, false))
                        .toList(),
                page.nextToken());
    }

    record Named(@JsonProperty("WindowExecutionId") String windowExecutionId) {}

    private Shown get(Named request) {
        return Shown.of(existing(request.windowExecutionId()), true);
    }

    /** One that has ended stays as it is. */
    private Named cancel(Caller caller, Named request) {
        if (!executions.cancel(WindowAccess.uuid(request.windowExecutionId()), caller.name(), clock.instant())) {
            throw unknown(request.windowExecutionId());
        }
        return request;
    }

    private WindowExecution existing(String id) {
        return executions.find(WindowAccess.uuid(id)).orElseThrow(() -> unknown(id));
    }

    private static SsmException unknown(String id) {
        return WindowAccess.missing("Maintenance window execution " + id);
    }

    record DescribeTasks(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("Filters") List<WindowFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        DescribeTasks {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record DescribedTasks(
            @JsonProperty("WindowExecutionTaskIdentities") List<TaskIdentity> tasks,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record TaskIdentity(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskExecutionId") String taskExecutionId,
            @JsonProperty("Status") WindowStatus status,
            @JsonProperty("StatusDetails") Optional<String> statusDetails,
            @JsonProperty("StartTime") Optional<Instant> startTime,
            @JsonProperty("EndTime") Optional<Instant> endTime,
            @JsonProperty("TaskArn") String taskArn,
            @JsonProperty("TaskType") String taskType) {
        static TaskIdentity of(WindowExecution execution, TaskExecution task) {
            return new TaskIdentity(
                    execution.id().toString(),
                    task.id().toString(),
                    task.status(),
                    text(task.details()),
                    task.startedAt(),
                    task.endedAt(),
                    task.task().document(),
                    "RUN_COMMAND");
        }
    }

    private DescribedTasks describeTasks(DescribeTasks request) {
        WindowExecution execution = existing(request.windowExecutionId());
        Map<String, Function<TaskExecution, Optional<String>>> status =
                Map.of("STATUS", task -> Optional.of(task.status().name()));
        List<TaskExecution> wanted = execution.tasks().stream()
                .filter(WindowFilter.all(request.filters(), status))
                .toList();
        Paging.Cut<TaskExecution> page =
                Paging.of(wanted, request.nextToken(), WindowAccess.most(request.maxResults()));
        return new DescribedTasks(
                page.entries().stream()
                        .map(task -> TaskIdentity.of(execution, task))
                        .toList(),
                page.nextToken());
    }

    record NamedTask(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskId") String taskId) {}

    record Task(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskExecutionId") String taskExecutionId,
            @JsonProperty("TaskArn") String taskArn,
            @JsonProperty("ServiceRole") Optional<String> serviceRole,
            @JsonProperty("Type") String type,
            @JsonProperty("TaskParameters") List<Map<String, Object>> taskParameters,
            @JsonProperty("Priority") int priority,
            @JsonProperty("MaxConcurrency") Optional<String> maxConcurrency,
            @JsonProperty("MaxErrors") Optional<String> maxErrors,
            @JsonProperty("Status") WindowStatus status,
            @JsonProperty("StatusDetails") Optional<String> statusDetails,
            @JsonProperty("StartTime") Optional<Instant> startTime,
            @JsonProperty("EndTime") Optional<Instant> endTime) {}

    private Task getTask(NamedTask request) {
        WindowExecution execution = existing(request.windowExecutionId());
        TaskExecution task = existing(execution, request.taskId());
        return new Task(
                execution.id().toString(),
                task.id().toString(),
                task.task().document(),
                task.task().serviceRole(),
                "RUN_COMMAND",
                List.of(),
                task.task().rank(),
                task.task().maxConcurrency(),
                task.task().maxErrors(),
                task.status(),
                text(task.details()),
                task.startedAt(),
                task.endedAt());
    }

    private static TaskExecution existing(WindowExecution execution, String id) {
        return execution
                .task(WindowAccess.uuid(id))
                .orElseThrow(() ->
                        WindowAccess.missing("Task " + id + " of maintenance window execution " + execution.id()));
    }

    record DescribeInvocations(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskId") String taskId,
            @JsonProperty("Filters") List<WindowFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        DescribeInvocations {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record DescribedInvocations(
            @JsonProperty("WindowExecutionTaskInvocationIdentities")
            List<TaskInvocations.Invocation> invocations,

            @JsonProperty("NextToken") Optional<String> nextToken) {}

    private DescribedInvocations describeInvocations(DescribeInvocations request) {
        WindowExecution execution = existing(request.windowExecutionId());
        Map<String, Function<TaskInvocations.Invocation, Optional<String>>> status =
                Map.of("STATUS", invocation -> Optional.of(invocation.status().name()));
        Paging.Cut<TaskInvocations.Invocation> page = invocations.page(
                execution,
                existing(execution, request.taskId()),
                WindowFilter.all(request.filters(), status),
                request.nextToken(),
                WindowAccess.most(request.maxResults()));
        return new DescribedInvocations(page.entries(), page.nextToken());
    }

    record NamedInvocation(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskId") String taskId,
            @JsonProperty("InvocationId") String invocationId) {}

    private TaskInvocations.Invocation getInvocation(NamedInvocation request) {
        WindowExecution execution = existing(request.windowExecutionId());
        TaskExecution task = existing(execution, request.taskId());
        return invocations
                .find(execution, task, WindowAccess.uuid(request.invocationId()))
                .orElseThrow(() ->
                        WindowAccess.missing("Invocation " + request.invocationId() + " of task " + request.taskId()));
    }

    private static Optional<String> text(String details) {
        return Optional.of(details)
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() > 250 ? text.substring(0, 250) : text);
    }
}
