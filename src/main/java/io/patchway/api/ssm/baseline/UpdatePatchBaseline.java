package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.baseline.BaselineParts.FilterGroup;
import io.patchway.api.ssm.baseline.BaselineParts.RuleGroup;
import io.patchway.api.ssm.baseline.BaselineParts.Source;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import java.util.List;
import java.util.Optional;

/** The input of UpdatePatchBaseline. */
record UpdatePatchBaseline(
        @JsonProperty("BaselineId") String baselineId,
        @JsonProperty("Name") Optional<String> name,
        @JsonProperty("GlobalFilters") Optional<FilterGroup> globalFilters,
        @JsonProperty("ApprovalRules") Optional<RuleGroup> approvalRules,
        @JsonProperty("ApprovedPatches") Optional<List<String>> approvedPatches,
        @JsonProperty("ApprovedPatchesComplianceLevel") Optional<ComplianceLevel> approvedPatchesComplianceLevel,
        @JsonProperty("ApprovedPatchesEnableNonSecurity") Optional<Boolean> approvedPatchesEnableNonSecurity,
        @JsonProperty("RejectedPatches") Optional<List<String>> rejectedPatches,
        @JsonProperty("RejectedPatchesAction") Optional<RejectedPatchesAction> rejectedPatchesAction,
        @JsonProperty("Description") Optional<String> description,
        @JsonProperty("Sources") Optional<List<Source>> sources,

        @JsonProperty("AvailableSecurityUpdatesComplianceStatus")
        Optional<SecurityUpdatesStatus> availableSecurityUpdates,

        @JsonProperty("Replace") Optional<Boolean> replace)
        implements BaselineMembers {}
