package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.run.CommandHistory.Command;
import io.patchway.run.CommandHistory.CommandRun;
import java.time.Instant;
import java.util.List;

/** The work of a command on one node, as lists tell it. */
record CommandInvocation(
        @JsonProperty("CommandId") String commandId,
        @JsonProperty("InstanceId") String instanceId,
        @JsonProperty("InstanceName") String instanceName,
        @JsonProperty("Comment") String comment,
        @JsonProperty("DocumentName") String documentName,
        @JsonProperty("DocumentVersion") String documentVersion,
        @JsonProperty("RequestedDateTime") Instant requestedAt,
        @JsonProperty("Status") String status,
        @JsonProperty("StatusDetails") String statusDetails,
        @JsonProperty("StandardOutputUrl") String outputUrl,
        @JsonProperty("StandardErrorUrl") String errorUrl,
        @JsonProperty("CommandPlugins") List<CommandPlugin> plugins) {

    /** @param details whether to tell its output too */
    static CommandInvocation of(Command command, CommandRun run, boolean details) {
        CommandMemo memo = CommandMemo.read(command.memo());
        CommandStatus status = status(command, memo, run);
        return new CommandInvocation(
                command.request().id().toString(),
                NodeIds.of(run.run().server()),
                run.run().server().value(),
                memo.comment().orElse(""),
                memo.documentName(),
                memo.documentVersion(),
                command.request().acceptedAt(),
                status.status(),
                status.details(),
                "",
                "",
                details ? List.of(CommandPlugin.of(run.run(), status)) : List.of());
    }

    static CommandStatus status(Command command, CommandMemo memo, CommandRun run) {
        return CommandStatus.of(
                run.run().state(),
                run.run().startedAt().isPresent(),
                run.cancelled(),
                CommandStatus.tooManyErrors(command, memo));
    }
}
