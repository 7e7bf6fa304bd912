package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/** The work that found out whether something is as it should be. */
record ExecutionSummary(
        @JsonProperty("ExecutionTime") Instant time,
        @JsonProperty("ExecutionId") Optional<String> id,
        @JsonProperty("ExecutionType") Optional<String> type) {}
