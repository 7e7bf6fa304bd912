package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** One thing of a node that is, or is not, as it should be. */
record ComplianceItem(
        @JsonProperty("ComplianceType") String complianceType,
        @JsonProperty("ResourceType") String resourceType,
        @JsonProperty("ResourceId") String resourceId,
        @JsonProperty("Id") String id,
        @JsonProperty("Title") String title,
        @JsonProperty("Status") String status,
        @JsonProperty("Severity") String severity,
        @JsonProperty("ExecutionSummary") ExecutionSummary execution,
        @JsonProperty("Details") Map<String, String> details) {}
