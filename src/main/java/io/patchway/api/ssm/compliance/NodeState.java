package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.baseline.PatchState;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the scan in force says of a node, in figures. */
record NodeState(
        @JsonProperty("InstanceId") String instanceId,
        @JsonProperty("PatchGroup") String patchGroup,
        @JsonProperty("BaselineId") String baselineId,
        @JsonProperty("SnapshotId") Optional<String> snapshotId,
        @JsonProperty("InstallOverrideList") Optional<String> installOverrideList,
        @JsonProperty("OwnerInformation") String ownerInformation,
        @JsonProperty("InstalledCount") int installed,
        @JsonProperty("InstalledOtherCount") int installedOther,
        @JsonProperty("InstalledPendingRebootCount") int installedPendingReboot,
        @JsonProperty("InstalledRejectedCount") int installedRejected,
        @JsonProperty("MissingCount") int missing,
        @JsonProperty("FailedCount") int failed,
        @JsonProperty("UnreportedNotApplicableCount") int unreportedNotApplicable,
        @JsonProperty("NotApplicableCount") int notApplicable,
        @JsonProperty("AvailableSecurityUpdateCount") int availableSecurityUpdate,
        @JsonProperty("OperationStartTime") Instant startedAt,
        @JsonProperty("OperationEndTime") Instant endedAt,
        @JsonProperty("Operation") String operation,
        @JsonProperty("LastNoRebootInstallOperationTime") Optional<Instant> lastUnrebooted,
        @JsonProperty("RebootOption") String rebootOption,
        @JsonProperty("CriticalNonCompliantCount") int criticalNonCompliant,
        @JsonProperty("SecurityNonCompliantCount") int securityNonCompliant,
        @JsonProperty("OtherNonCompliantCount") int otherNonCompliant) {

    static NodeState of(ScanSummary scan) {
        return new NodeState(
                NodeIds.of(scan.server()),
                scan.patchGroup().orElse(""),
                baseline(scan),
                scan.snapshot().map(UUID::toString),
                scan.installList(),
                "",
                count(scan, PatchState.INSTALLED),
                count(scan, PatchState.INSTALLED_OTHER),
                count(scan, PatchState.INSTALLED_PENDING_REBOOT),
                count(scan, PatchState.INSTALLED_REJECTED),
                count(scan, PatchState.MISSING),
                count(scan, PatchState.FAILED),
                0,
                count(scan, PatchState.NOT_APPLICABLE),
                count(scan, PatchState.AVAILABLE_SECURITY_UPDATE),
                scan.startedAt(),
                scan.takenAt(),
                scan.operation() == Operation.SCAN ? "Scan" : "Install",
                scan.lastUnrebooted(),
                scan.rebootOption() == RebootOption.NEVER ? "NoReboot" : "RebootIfNeeded",
                scan.counts().critical(),
                scan.counts().security(),
                scan.counts().other());
    }

    /** The id of the baseline that decided; its name when it is stored nowhere. */
    static String baseline(ScanSummary scan) {
        return scan.version().map(version -> version.id().value()).orElse(scan.baseline());
    }

    private static int count(ScanSummary scan, PatchState state) {
        return scan.counts().counts().getOrDefault(state, 0);
    }
}
