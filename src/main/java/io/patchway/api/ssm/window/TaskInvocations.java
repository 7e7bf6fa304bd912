package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.FilteredPages;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmJson;
import io.patchway.run.History;
import io.patchway.run.Page;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.window.TaskExecution;
import io.patchway.run.window.TaskExecution.Selected;
import io.patchway.run.window.WindowExecution;
import io.patchway.run.window.WindowStatus;
import io.patchway.run.window.WindowTask;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What a task did on each node: the server runs of its request, in the words of the service. */
final class TaskInvocations {
    private static final int LOOKED_THROUGH_AT_ONCE = 500;

    private final History history;

    TaskInvocations(History history) {
        this.history = history;
    }

    record Invocation(
            @JsonProperty("WindowExecutionId") String windowExecutionId,
            @JsonProperty("TaskExecutionId") String taskExecutionId,
            @JsonProperty("InvocationId") String invocationId,
            @JsonProperty("ExecutionId") String executionId,
            @JsonProperty("TaskType") String taskType,
            @JsonProperty("Parameters") String parameters,
            @JsonProperty("Status") WindowStatus status,
            @JsonProperty("StatusDetails") Optional<String> statusDetails,
            @JsonProperty("StartTime") Optional<Instant> startTime,
            @JsonProperty("EndTime") Optional<Instant> endTime,
            @JsonProperty("OwnerInformation") Optional<String> ownerInformation,
            @JsonProperty("WindowTargetId") Optional<String> windowTargetId) {}

    /** Some of the invocations of a task; there is none before it has started. */
    Paging.Cut<Invocation> page(
            WindowExecution execution,
            TaskExecution task,
            Predicate<Invocation> wanted,
            Optional<String> token,
            int most) {
        return FilteredPages.of((cursor, limit) -> part(execution, task, cursor, limit), wanted, token, most);
    }

    /** The invocation with this id. */
    Optional<Invocation> find(WindowExecution execution, TaskExecution task, UUID id) {
        Predicate<Invocation> wanted = invocation -> invocation.invocationId().equals(id.toString());
        Optional<String> cursor = Optional.empty();
        do {
            Page<Invocation> part = part(execution, task, cursor, LOOKED_THROUGH_AT_ONCE);
            Optional<Invocation> found = part.entries().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found;
            }
            cursor = part.next();
        } while (cursor.isPresent());
        return Optional.empty();
    }

    private Page<Invocation> part(WindowExecution execution, TaskExecution task, Optional<String> cursor, int limit) {
        if (task.request().isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        Page<RunReport> runs = history.runs(task.request().get(), cursor, limit);
        return new Page<>(
                runs.entries().stream()
                        .map(run -> invocation(execution, task, run))
                        .toList(),
                runs.next());
    }

    private static Invocation invocation(WindowExecution execution, TaskExecution task, RunReport run) {
        Optional<Selected> by = task.selecting(run.server());
        return new Invocation(
                execution.id().toString(),
                task.id().toString(),
                run.id().toString(),
                task.request().orElseThrow().toString(),
                "RUN_COMMAND",
                parameters(task.task(), NodeIds.of(run.server())),
                status(run.state(), task.cutOff()),
                run.lastError().map(error -> error.length() > 250 ? error.substring(0, 250) : error),
                run.startedAt(),
                run.endedAt(),
                by.flatMap(Selected::ownerInformation),
                by.flatMap(Selected::target).map(UUID::toString));
    }

    private static String parameters(WindowTask task, String node) {
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("documentName", task.document());
        sent.put("instanceIds", List.of(node));
        task.maxConcurrency().ifPresent(rate -> sent.put("maxConcurrency", rate));
        task.maxErrors().ifPresent(errors -> sent.put("maxErrors", errors));
        task.invocation()
                .map(WindowTaskDocument::json)
                .map(all -> all.path("RunCommand").path("Parameters"))
                .filter(JsonNode::isObject)
                .ifPresent(parameters -> sent.put("parameters", parameters));
        return SsmJson.text(sent);
    }

    private static WindowStatus status(RunState state, boolean cutOff) {
        return switch (state) {
            case QUEUED, WAITING_WINDOW -> WindowStatus.PENDING;
            case PRECHECK, SCANNING, INSTALLING, REBOOTING, WAITING_FOR_RETURN, VERIFYING, OPERATING ->
                WindowStatus.IN_PROGRESS;
            case SUCCEEDED, SUCCEEDED_REBOOT_PENDING -> WindowStatus.SUCCESS;
            case PARTIAL, FAILED, UNKNOWN, NO_PROGRESS -> WindowStatus.FAILED;
            case DEFERRED -> WindowStatus.TIMED_OUT;
            case CANCELLED -> cutOff ? WindowStatus.TIMED_OUT : WindowStatus.CANCELLED;
        };
    }
}
