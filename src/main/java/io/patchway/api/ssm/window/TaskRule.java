package io.patchway.api.ssm.window;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.api.ssm.command.CommandForms;
import io.patchway.api.ssm.command.CommandMemo;
import io.patchway.api.ssm.command.RateControl;
import io.patchway.api.ssm.command.RunPatchBaseline;
import io.patchway.run.Hooks;
import io.patchway.run.RequestForm;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.WindowTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Checks a task when it is registered, so that nothing is found wrong when its window opens at night. */
final class TaskRule {
    private static final String RUN_COMMAND = "RUN_COMMAND";

    private static final int USUAL_TIMEOUT_SECONDS = 3600;

    private final CommandForms forms;
    private final NodeIds nodes;

    TaskRule(NodeIds nodes, Hooks hooks) {
        this.forms = new CommandForms(hooks);
        this.nodes = nodes;
    }

    /**
     * Refuses what is not carried out here.
     *
     * @throws SsmException {@code ValidationException} or {@code FeatureNotAvailableException}
     */
    void checkKind(
            String type, List<TargetEntry> targets, Optional<String> maxConcurrency, Optional<String> maxErrors) {
        if (type.equals(RUN_COMMAND)) {
            return;
        }
        if (targets.isEmpty() && maxConcurrency.isPresent()) {
            throw SsmException.invalid(
                    "Maintenance window tasks without targets do not support MaxConcurrency values.");
        }
        if (targets.isEmpty() && maxErrors.isPresent()) {
            throw SsmException.invalid("Maintenance window tasks without targets do not support MaxErrors values.");
        }
        throw new SsmException(
                "FeatureNotAvailableException",
                "Tasks of type " + type + " cannot be carried out here; use " + RUN_COMMAND
                        + " with the document AWS-RunPatchBaseline");
    }

    /**
     * Refuses targets that lead nowhere or are not allowed.
     *
     * @throws SsmException {@code ValidationException}, or {@code DoesNotExistException} for a target that the window
     *     does not have
     */
    void checkTargets(StoredWindow window, WindowTask task) {
        if (task.targets().isEmpty()) {
            throw SsmException.invalid("Please specify at least one target. A RUN_COMMAND task needs targets of its"
                    + " maintenance window (Key=WindowTargetIds), or nodes");
        }
        for (String id : task.windowTargets()) {
            UUID target = WindowAccess.uuid(id);
            if (window.target(target).isEmpty()) {
                throw WindowAccess.missing("Target " + id + " of maintenance window " + window.id());
            }
        }
        List<TargetEntry> own = task.ownTargets();
        TargetDocument.selection(WindowTargetOperations.documents(own), nodes);
        if (!own.isEmpty() && !window.terms().unassociatedTargets()) {
            throw SsmException.invalid("Maintenance window " + window.id() + " does not allow unassociated targets."
                    + " Register the nodes with RegisterTargetWithMaintenanceWindow and name them with"
                    + " Key=WindowTargetIds, or update the window with AllowUnassociatedTargets");
        }
    }

    /**
     * What a task requests at each opening, which is a command like any other.
     *
     * @throws SsmException {@code ValidationException} that names the document or the parameter and what is allowed
     */
    RequestForm form(String document, List<TargetDocument> targets, Optional<ObjectNode> invocation, RateControl rate) {
        Optional<JsonNode> command =
                invocation.map(all -> all.get("RunCommand")).filter(JsonNode::isObject);
        if (invocation.isPresent() && command.isEmpty() && !invocation.get().isEmpty()) {
            throw SsmException.invalid(
                    "A RUN_COMMAND task takes its TaskInvocationParameters in the member RunCommand");
        }
        Optional<String> version = text(command, "DocumentVersion");
        Map<String, List<String>> parameters = command.map(members -> members.get("Parameters"))
                .map(TaskRule::parameters)
                .orElse(Map.of());
        try {
            RunPatchBaseline run = RunPatchBaseline.of(document, version, parameters);
            refuseOverrides(run);
            CommandMemo memo = new CommandMemo(
                    run.document().wireName(),
                    version.orElse("$DEFAULT"),
                    text(command, "Comment"),
                    parameters,
                    List.of(),
                    targets,
                    command.map(members -> members.get("TimeoutSeconds"))
                            .map(JsonNode::asInt)
                            .orElse(USUAL_TIMEOUT_SECONDS),
                    rate,
                    Map.of());
            return forms.of(run, List.of(), rate, memo).paced(rate.rollout());
        } catch (SsmException e) {
            throw SsmException.invalid(e.getMessage());
        }
    }

    /** What they lead to would have to be there at every opening. */
    private static void refuseOverrides(RunPatchBaseline run) {
        if (run.baselineOverride().isPresent() || run.installOverrideList().isPresent()) {
            throw SsmException.invalid("BaselineOverride and InstallOverrideList are for SendCommand only: a task of a"
                    + " maintenance window follows the baselines of its nodes");
        }
    }

    private static Optional<String> text(Optional<JsonNode> command, String member) {
        return command.map(members -> members.get(member))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static Map<String, List<String>> parameters(JsonNode map) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        map.properties().forEach(field -> {
            List<String> values = new ArrayList<>();
            field.getValue().forEach(value -> values.add(value.asText()));
            parameters.put(field.getKey(), values);
        });
        return parameters;
    }
}
