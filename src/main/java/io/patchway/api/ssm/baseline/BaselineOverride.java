package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.baseline.BaselineParts.FilterGroup;
import io.patchway.api.ssm.baseline.BaselineParts.RuleGroup;
import io.patchway.api.ssm.baseline.BaselineParts.Source;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;

/** A baseline that a call brings along instead of naming a stored one. */
public record BaselineOverride(
        @JsonProperty("OperatingSystem") Optional<OperatingSystem> operatingSystem,
        @JsonProperty("GlobalFilters") Optional<FilterGroup> globalFilters,
        @JsonProperty("ApprovalRules") Optional<RuleGroup> approvalRules,
        @JsonProperty("ApprovedPatches") Optional<List<String>> approvedPatches,
        @JsonProperty("ApprovedPatchesComplianceLevel") Optional<ComplianceLevel> approvedPatchesComplianceLevel,
        @JsonProperty("ApprovedPatchesEnableNonSecurity") Optional<Boolean> approvedPatchesEnableNonSecurity,
        @JsonProperty("RejectedPatches") Optional<List<String>> rejectedPatches,
        @JsonProperty("RejectedPatchesAction") Optional<RejectedPatchesAction> rejectedPatchesAction,
        @JsonProperty("Sources") Optional<List<Source>> sources,

        @JsonProperty("AvailableSecurityUpdatesComplianceStatus")
        Optional<SecurityUpdatesStatus> availableSecurityUpdates)
        implements BaselineMembers {

    @Override
    public Optional<String> name() {
        return Optional.empty();
    }

    @Override
    public Optional<String> description() {
        return Optional.empty();
    }
}
