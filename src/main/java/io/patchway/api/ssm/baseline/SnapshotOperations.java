package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.DerivedIds;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.SsmJson;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.KeptSnapshots;
import io.patchway.baseline.SnapshotKey;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.run.ScanHistory;
import io.patchway.scan.HostProduct;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Takes snapshots of the baseline of a node. */
public final class SnapshotOperations implements OperationGroup {
    private final NodeIds nodes;
    private final ScanHistory scans;
    private final Baselines baselines;
    private final KeptSnapshots snapshots;
    private final SnapshotLinks links;
    private final Clock clock;

    public SnapshotOperations(
            NodeIds nodes,
            ScanHistory scans,
            Baselines baselines,
            KeptSnapshots snapshots,
            SnapshotLinks links,
            Clock clock) {
        this.nodes = nodes;
        this.scans = scans;
        this.baselines = baselines;
        this.snapshots = snapshots;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("GetDeployablePatchSnapshotForInstance", GetDeployableSnapshot.class, this::get);
    }

    /** Whose snapshot is asked for. */
    record GetDeployableSnapshot(
            @JsonProperty("InstanceId") String instanceId,
            @JsonProperty("SnapshotId") UUID snapshotId,
            @JsonProperty("BaselineOverride") Optional<BaselineOverride> baselineOverride) {}

    /** Where it can be fetched. */
    record DeployableSnapshot(
            @JsonProperty("InstanceId") String instanceId,
            @JsonProperty("SnapshotId") UUID snapshotId,
            @JsonProperty("SnapshotDownloadUrl") String snapshotDownloadUrl,
            @JsonProperty("Product") String product) {}

    DeployableSnapshot get(GetDeployableSnapshot call) {
        Server server = nodes.find(call.instanceId())
                .orElseThrow(() -> SsmException.invalid("There is no managed node " + call.instanceId() + "."));
        HostProduct product = scans.latest(server.id())
                .flatMap(scan -> HostProduct.of(scan.record().scan().host()))
                .orElseThrow(() -> new SsmException(
                        "UnsupportedOperatingSystem",
                        "The operating system of " + call.instanceId() + " is not known, or has no baselines."
                                + " Scan the node first."));
        KeptSnapshots.Kept kept = call.baselineOverride()
                .map(override -> overridden(call.snapshotId(), product.operatingSystem(), override))
                .orElseGet(() -> stored(call.snapshotId(), server, product.operatingSystem()));
        return new DeployableSnapshot(call.instanceId(), call.snapshotId(), links.of(kept), product.product());
    }

    private KeptSnapshots.Kept stored(UUID snapshot, Server server, OperatingSystem system) {
        try {
            StoredBaseline baseline = baselines.forServer(server, system);
            SnapshotKey key = SnapshotKey.of(
                    snapshot, server, system, baseline, server.baseline().isPresent());
            return snapshots.keep(key, baseline.frozen().asOf(clock.instant()));
        } catch (UnclearBaselineException e) {
            throw SsmException.invalid(e.getMessage());
        }
    }

    private KeptSnapshots.Kept overridden(UUID snapshot, OperatingSystem system, BaselineOverride override) {
        OperatingSystem written = override.operatingSystem().orElse(system);
        if (written.family() != system.family()) {
            throw SsmException.invalid("BaselineOverride is for " + written + ", but the node runs " + system + ".");
        }
        FrozenBaseline found =
                FrozenBaseline.unstored(override.over(BaselineMembers.initial("BaselineOverride", written)));
        String scope = "override " + DerivedIds.hex17("override", SsmJson.text(override));
        return snapshots.keep(new SnapshotKey(snapshot, system, scope), found.asOf(clock.instant()));
    }
}
