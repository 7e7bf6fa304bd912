package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.baseline.BaselineParts.FilterGroup;
import io.patchway.api.ssm.baseline.BaselineParts.RuleGroup;
import io.patchway.api.ssm.baseline.BaselineParts.Source;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import io.patchway.baseline.StoredBaseline;
import io.patchway.server.OperatingSystem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A whole baseline, as GetPatchBaseline and UpdatePatchBaseline answer. */
record BaselineDocument(
        @JsonProperty("BaselineId") String baselineId,
        @JsonProperty("Name") String name,
        @JsonProperty("OperatingSystem") OperatingSystem operatingSystem,
        @JsonProperty("GlobalFilters") FilterGroup globalFilters,
        @JsonProperty("ApprovalRules") RuleGroup approvalRules,
        @JsonProperty("ApprovedPatches") List<String> approvedPatches,
        @JsonProperty("ApprovedPatchesComplianceLevel") ComplianceLevel approvedPatchesComplianceLevel,
        @JsonProperty("ApprovedPatchesEnableNonSecurity") boolean approvedPatchesEnableNonSecurity,
        @JsonProperty("RejectedPatches") List<String> rejectedPatches,
        @JsonProperty("RejectedPatchesAction") RejectedPatchesAction rejectedPatchesAction,
        @JsonProperty("PatchGroups") Optional<List<String>> patchGroups,
        @JsonProperty("CreatedDate") Instant createdDate,
        @JsonProperty("ModifiedDate") Instant modifiedDate,
        @JsonProperty("Description") Optional<String> description,
        @JsonProperty("Sources") List<Source> sources,

        @JsonProperty("AvailableSecurityUpdatesComplianceStatus")
        Optional<SecurityUpdatesStatus> availableSecurityUpdates) {

    static BaselineDocument of(StoredBaseline baseline, String id) {
        return of(baseline, id, Optional.empty());
    }

    static BaselineDocument of(StoredBaseline baseline, String id, Collection<String> patchGroups) {
        return of(baseline, id, Optional.of(List.copyOf(patchGroups)));
    }

    private static BaselineDocument of(StoredBaseline baseline, String id, Optional<List<String>> patchGroups) {
        PatchBaseline content = baseline.content();
        return new BaselineDocument(
                id,
                content.name(),
                content.operatingSystem(),
                FilterGroup.of(content.globalFilters()),
                RuleGroup.of(content.approvalRules()),
                content.approvedPatches(),
                content.approvedPatchesComplianceLevel(),
                content.approvedPatchesEnableNonSecurity(),
                content.rejectedPatches(),
                content.rejectedPatchesAction(),
                patchGroups,
                baseline.createdAt(),
                baseline.modifiedAt(),
                Optional.of(content.description()).filter(text -> !text.isEmpty()),
                content.sources().stream().map(Source::of).toList(),
                content.availableSecurityUpdates());
    }
}
