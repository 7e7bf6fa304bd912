package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.run.CommandHistory.Command;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A command as the service tells it. */
record CommandSummary(
        @JsonProperty("CommandId") String commandId,
        @JsonProperty("DocumentName") String documentName,
        @JsonProperty("DocumentVersion") String documentVersion,
        @JsonProperty("Comment") String comment,
        @JsonProperty("ExpiresAfter") Instant expiresAfter,
        @JsonProperty("Parameters") Map<String, List<String>> parameters,
        @JsonProperty("InstanceIds") List<String> instanceIds,
        @JsonProperty("Targets") List<TargetDocument> targets,
        @JsonProperty("RequestedDateTime") Instant requestedAt,
        @JsonProperty("Status") String status,
        @JsonProperty("StatusDetails") String statusDetails,
        @JsonProperty("MaxConcurrency") String maxConcurrency,
        @JsonProperty("MaxErrors") String maxErrors,
        @JsonProperty("TargetCount") int targetCount,
        @JsonProperty("CompletedCount") int completedCount,
        @JsonProperty("ErrorCount") int errorCount,
        @JsonProperty("DeliveryTimedOutCount") int deliveryTimedOutCount,
        @JsonProperty("TimeoutSeconds") int timeoutSeconds,
        @JsonAnyGetter Map<String, JsonNode> echoed) {

    static CommandSummary of(Command command) {
        CommandMemo memo = CommandMemo.read(command.memo());
        CommandStatus status = CommandStatus.of(command, memo);
        Instant requestedAt = command.request().acceptedAt();
        return new CommandSummary(
                command.request().id().toString(),
                memo.documentName(),
                memo.documentVersion(),
                memo.comment().orElse(""),
                requestedAt.plusSeconds(memo.timeoutSeconds()),
                memo.parameters(),
                memo.instanceIds(),
                memo.targets(),
                requestedAt,
                status.status(),
                status.details(),
                memo.rate().maxConcurrency(),
                memo.rate().maxErrors(),
                command.request().servers(),
                CommandStatus.completed(command),
                CommandStatus.errors(command),
                CommandStatus.notDelivered(command),
                memo.timeoutSeconds(),
                memo.echoed());
    }
}
