package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.baseline.BaselineParts.FilterGroup;
import io.patchway.api.ssm.baseline.BaselineParts.RuleGroup;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.KeptSnapshots.Kept;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.server.OperatingSystem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a snapshot says: the selecting members of its baseline. Sources are left out, for they may hold passwords. */
record SnapshotDocument(
        @JsonProperty("SnapshotId") UUID snapshotId,
        @JsonProperty("OperatingSystem") OperatingSystem operatingSystem,
        @JsonProperty("BaselineId") Optional<String> baselineId,
        @JsonProperty("BaselineVersion") Optional<Integer> baselineVersion,
        @JsonProperty("Name") String name,
        @JsonProperty("ApprovalClock") Optional<Instant> approvalClock,
        @JsonProperty("GlobalFilters") FilterGroup globalFilters,
        @JsonProperty("ApprovalRules") RuleGroup approvalRules,
        @JsonProperty("ApprovedPatches") List<String> approvedPatches,
        @JsonProperty("ApprovedPatchesComplianceLevel") ComplianceLevel approvedPatchesComplianceLevel,
        @JsonProperty("ApprovedPatchesEnableNonSecurity") boolean approvedPatchesEnableNonSecurity,
        @JsonProperty("RejectedPatches") List<String> rejectedPatches,
        @JsonProperty("RejectedPatchesAction") RejectedPatchesAction rejectedPatchesAction) {

    static SnapshotDocument of(Kept snapshot) {
        FrozenBaseline frozen = snapshot.baseline();
        PatchBaseline content = frozen.content();
        return new SnapshotDocument(
                snapshot.key().snapshot(),
                snapshot.key().operatingSystem(),
                frozen.version().map(version -> version.id().value()),
                frozen.version().map(BaselineVersion::number),
                content.name(),
                frozen.approvalClock(),
                FilterGroup.of(content.globalFilters()),
                RuleGroup.of(content.approvalRules()),
                content.approvedPatches(),
                content.approvedPatchesComplianceLevel(),
                content.approvedPatchesEnableNonSecurity(),
                content.rejectedPatches(),
                content.rejectedPatchesAction());
    }
}
