package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.ssm.SsmJson;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.run.window.CutoffBehavior;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task of a maintenance window, as the service shows it. */
record WindowTaskDocument(
        @JsonProperty("WindowId") String windowId,
        @JsonProperty("WindowTaskId") String windowTaskId,
        @JsonProperty("Targets") List<TargetDocument> targets,
        @JsonProperty("TaskArn") String taskArn,
        @JsonProperty("ServiceRoleArn") Optional<String> serviceRoleArn,
        @JsonProperty("TaskType") Optional<String> taskType,
        @JsonProperty("Type") Optional<String> type,
        @JsonProperty("TaskParameters") Map<String, Object> taskParameters,
        @JsonProperty("TaskInvocationParameters") Optional<ObjectNode> taskInvocationParameters,
        @JsonProperty("Priority") int priority,
        @JsonProperty("MaxConcurrency") Optional<String> maxConcurrency,
        @JsonProperty("MaxErrors") Optional<String> maxErrors,
        @JsonProperty("LoggingInfo") Optional<ObjectNode> loggingInfo,
        @JsonProperty("Name") Optional<String> name,
        @JsonProperty("Description") Optional<String> description,
        @JsonProperty("CutoffBehavior") Optional<CutoffBehavior> cutoffBehavior) {

    private static final Optional<String> RUN_COMMAND = Optional.of("RUN_COMMAND");

    /** For an answer about this one task; its type is told only by Get. */
    static WindowTaskDocument alone(StoredWindow window, WindowTask task, boolean withType) {
        return of(
                window,
                task,
                RUN_COMMAND.filter(type -> withType),
                Optional.empty(),
                task.invocation().map(WindowTaskDocument::json));
    }

    /** For a list, which leaves the parameters out. */
    static WindowTaskDocument listed(StoredWindow window, WindowTask task) {
        return of(window, task, Optional.empty(), RUN_COMMAND, Optional.empty());
    }

    private static WindowTaskDocument of(
            StoredWindow window,
            WindowTask task,
            Optional<String> taskType,
            Optional<String> type,
            Optional<ObjectNode> invocation) {
        return new WindowTaskDocument(
                window.id().value(),
                task.id().toString(),
                WindowTargetOperations.documents(task.targets()),
                task.document(),
                task.serviceRole(),
                taskType,
                type,
                Map.of(),
                invocation,
                task.rank(),
                task.maxConcurrency(),
                task.maxErrors(),
                task.logging().map(WindowTaskDocument::json),
                task.name(),
                task.description(),
                task.cutoff());
    }

    /** What was kept as text. */
    static ObjectNode json(String text) {
        try {
            return SsmJson.mapper().readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept of a task is not JSON", e);
        }
    }
}
