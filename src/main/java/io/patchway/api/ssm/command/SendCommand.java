package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchway.api.ssm.TargetDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a {@code SendCommand} call. */
public record SendCommand(
        @JsonProperty("InstanceIds") List<String> instanceIds,
        @JsonProperty("Targets") List<TargetDocument> targets,
        @JsonProperty("DocumentName") String documentName,
        @JsonProperty("DocumentVersion") Optional<String> documentVersion,
        @JsonProperty("DocumentHash") Optional<String> documentHash,
        @JsonProperty("TimeoutSeconds") Optional<Integer> timeoutSeconds,
        @JsonProperty("Comment") Optional<String> comment,
        @JsonProperty("Parameters") Map<String, List<String>> parameters,
        @JsonProperty("OutputS3Region") Optional<String> outputS3Region,
        @JsonProperty("OutputS3BucketName") Optional<String> outputS3BucketName,
        @JsonProperty("OutputS3KeyPrefix") Optional<String> outputS3KeyPrefix,
        @JsonProperty("MaxConcurrency") Optional<String> maxConcurrency,
        @JsonProperty("MaxErrors") Optional<String> maxErrors,
        @JsonProperty("ServiceRoleArn") Optional<String> serviceRoleArn,
        @JsonProperty("NotificationConfig") Optional<JsonNode> notificationConfig,
        @JsonProperty("CloudWatchOutputConfig") Optional<JsonNode> cloudWatchOutputConfig,
        @JsonProperty("AlarmConfiguration") Optional<JsonNode> alarmConfiguration) {

    private static final int USUAL_TIMEOUT_SECONDS = 3600;

    public SendCommand {
        instanceIds = instanceIds == null ? List.of() : List.copyOf(instanceIds);
        targets = targets == null ? List.of() : List.copyOf(targets);
        parameters = parameters == null ? Map.of() : parameters;
    }

    /** A call that says nothing but what to run where. */
    static SendCommand plain(String documentName, List<String> instanceIds, Map<String, List<String>> parameters) {
        return new SendCommand(
                instanceIds,
                List.of(),
                documentName,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                parameters,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    RateControl rate() {
        return RateControl.of(maxConcurrency, maxErrors);
    }

    /** What the command is told again of itself. */
    CommandMemo memo(PatchDocument document) {
        return new CommandMemo(
                document.wireName(),
                documentVersion.orElse("$DEFAULT"),
                comment,
                parameters,
                instanceIds,
                targets,
                timeoutSeconds.orElse(USUAL_TIMEOUT_SECONDS),
                rate(),
                echoed());
    }

    /** Patchway keeps all output itself and writes mails and webhooks of its own, so these change nothing. */
    private Map<String, JsonNode> echoed() {
        Map<String, JsonNode> echoed = new LinkedHashMap<>();
        outputS3Region.ifPresent(text -> echoed.put("OutputS3Region", TextNode.valueOf(text)));
        outputS3BucketName.ifPresent(text -> echoed.put("OutputS3BucketName", TextNode.valueOf(text)));
        outputS3KeyPrefix.ifPresent(text -> echoed.put("OutputS3KeyPrefix", TextNode.valueOf(text)));
        serviceRoleArn.ifPresent(text -> echoed.put("ServiceRole", TextNode.valueOf(text)));
        notificationConfig.ifPresent(node -> echoed.put("NotificationConfig", node));
        cloudWatchOutputConfig.ifPresent(node -> echoed.put("CloudWatchOutputConfig", node));
        alarmConfiguration.ifPresent(node -> echoed.put("AlarmConfiguration", node));
        return echoed;
    }
}
