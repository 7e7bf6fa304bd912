package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.run.RequestReport.RunReport;
import java.time.Instant;
import java.util.Optional;

/** The one step of a command on a node. */
record CommandPlugin(
        @JsonProperty("Name") String name,
        @JsonProperty("Status") String status,
        @JsonProperty("StatusDetails") String statusDetails,
        @JsonProperty("ResponseCode") int responseCode,
        @JsonProperty("ResponseStartDateTime") Optional<Instant> startedAt,
        @JsonProperty("ResponseFinishDateTime") Optional<Instant> endedAt,
        @JsonProperty("Output") String output,
        @JsonProperty("StandardOutputUrl") String outputUrl,
        @JsonProperty("StandardErrorUrl") String errorUrl) {

    /** The name of the step. */
    static final String NAME = "PatchLinux";

    private static final int LONGEST_OUTPUT = 2500;

    static CommandPlugin of(RunReport run, CommandStatus status) {
        return new CommandPlugin(
                NAME,
                status.status(),
                status.details(),
                responseCode(run, status),
                run.startedAt(),
                run.endedAt(),
                RunText.cut(RunText.output(run), LONGEST_OUTPUT),
                "",
                "");
    }

    /** 0 when all is well, 1 when it is not, -1 while nobody knows. */
    static int responseCode(RunReport run, CommandStatus status) {
        if (!run.state().ended()) {
            return -1;
        }
        return switch (status.status()) {
            case "Success" -> 0;
            case "Failed" -> 1;
            default -> -1;
        };
    }
}
