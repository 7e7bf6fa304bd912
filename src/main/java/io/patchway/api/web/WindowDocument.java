package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TaskExecution;
import io.patchway.run.window.WindowExecution;
import java.time.Instant;

/** Maintenance windows and their executions, as JSON. Times are ISO 8601, UTC. */
final class WindowDocument {
    private WindowDocument() {}

    static ObjectNode of(StoredWindow window, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", window.id().value());
        node.put("name", window.terms().name());
        window.file().ifPresent(file -> node.put("file", file));
        node.put("enabled", window.terms().enabled());
        node.put("schedule", window.terms().schedule());
        node.put("timezone", window.timing().zone().getId());
        node.put("duration", window.timing().duration().toString());
        node.put("cutoff", window.timing().cutoff().toString());
        node.put("targets", window.targets().size());
        node.put("tasks", window.tasks().size());
        window.nextOpening(now).ifPresent(opens -> node.put("opensNext", opens.toString()));
        return node;
    }

    static ObjectNode of(WindowExecution execution) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", execution.id().toString());
        node.put("status", execution.shownStatus().name());
        node.put("details", execution.details());
        node.put("origin", execution.origin());
        node.put("opens", execution.opening().opens().toString());
        node.put("cutoff", execution.opening().cutoff().toString());
        node.put("closes", execution.opening().closes().toString());
        execution.endedAt().ifPresent(end -> node.put("endedAt", end.toString()));
        var tasks = node.putArray("tasks");
        execution.tasks().forEach(task -> tasks.add(task(task)));
        return node;
    }

    private static ObjectNode task(TaskExecution task) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", task.id().toString());
        node.put("document", task.task().document());
        node.put("status", task.status().name());
        node.put("details", task.details());
        task.startedAt().ifPresent(start -> node.put("startedAt", start.toString()));
        task.endedAt().ifPresent(end -> node.put("endedAt", end.toString()));
        task.request().ifPresent(request -> node.put("request", request.toString()));
        return node;
    }
}
