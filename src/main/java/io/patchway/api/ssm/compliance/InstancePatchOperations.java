package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.KeyFilter;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What nodes have and lack, as their last scans said. */
public final class InstancePatchOperations implements OperationGroup {
    private static final int PATCHES_ON_A_PAGE = 50;
    private static final int STATES_ON_A_PAGE = 50;

    private static final Map<String, Function<ScannedPatches.Row, String>> MEMBERS = Map.of(
            "Classification", row -> row.patch().classification(),
            "KBId", row -> row.patch().kbId(),
            "Severity", row -> row.patch().severity(),
            "State", row -> row.patch().state());

    private final Nodes nodes;
    private final ComplianceRecords records;
    private final ScannedPatches patches;

    public InstancePatchOperations(Nodes nodes, ComplianceRecords records, ScannedPatches patches) {
        this.nodes = nodes;
        this.records = records;
        this.patches = patches;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("DescribeInstancePatches", DescribeInstancePatches.class, this::patches);
        table.reads("DescribeInstancePatchStates", DescribeInstancePatchStates.class, this::states);
        table.reads(
                "DescribeInstancePatchStatesForPatchGroup",
                DescribeInstancePatchStatesForPatchGroup.class,
                this::statesOfGroup);
        table.reads("DescribePatchGroupState", DescribePatchGroupState.class, this::groupState);
    }

    record DescribeInstancePatches(
            @JsonProperty("InstanceId") String instanceId,
            @JsonProperty("Filters") List<KeyFilter> filters,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("MaxResults") Optional<Integer> maxResults) {
        DescribeInstancePatches {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record InstancePatches(
            @JsonProperty("Patches") List<InstancePatch> patches,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    InstancePatches patches(DescribeInstancePatches request) {
        Server server = nodes.existing(request.instanceId());
        ScanPage page = ScanPage.of(request.nextToken())
                .or(() -> records.inForce(server.id()).map(scan -> new ScanPage(scan.scan(), 0)))
                .orElse(ScanPage.NOWHERE);
        if (page.offset() > 0 && records.find(server.id(), page.scan()).isEmpty()) {
            throw Paging.badToken(request.nextToken().orElse(""));
        }
        List<ScannedPatches.Row> found = KeyFilter.passing(
                request.filters(), patches.of(page.scan()).orElse(List.of()), MEMBERS, "InvalidFilter");
        int from = Math.min(page.offset(), found.size());
        int to = Math.min(from + request.maxResults().orElse(PATCHES_ON_A_PAGE), found.size());
        return new InstancePatches(
                found.subList(from, to).stream().map(ScannedPatches.Row::patch).toList(),
                to < found.size() ? Optional.of(new ScanPage(page.scan(), to).token()) : Optional.empty());
    }

    /** A place in the packages of a scan: the pages of one list are all of one scan, whatever is scanned meanwhile. */
    private record ScanPage(long scan, int offset) {
        static final ScanPage NOWHERE = new ScanPage(-1, 0);

        static Optional<ScanPage> of(Optional<String> token) {
            return Paging.position(token).map(position -> {
                String[] parts = position.split("/", 2);
                try {
                    return new ScanPage(Long.parseLong(parts[0]), Integer.parseUnsignedInt(parts[parts.length - 1]));
                } catch (NumberFormatException e) {
                    throw Paging.badToken(token.orElse(""));
                }
            });
        }

        String token() {
            return Paging.token(scan + "/" + offset);
        }
    }

    record DescribeInstancePatchStates(
            @JsonProperty("InstanceIds") List<String> instanceIds,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("MaxResults") Optional<Integer> maxResults) {
        DescribeInstancePatchStates {
            instanceIds = instanceIds == null ? List.of() : List.copyOf(instanceIds);
        }
    }

    record InstancePatchStates(
            @JsonProperty("InstancePatchStates") List<NodeState> states,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    /** Nodes that nobody has, or that were never scanned, are left out. */
    InstancePatchStates states(DescribeInstancePatchStates request) {
        List<ServerId> servers = request.instanceIds().stream()
                .distinct()
                .map(nodes.ids()::find)
                .flatMap(Optional::stream)
                .map(Server::id)
                .toList();
        return page(statesOf(servers), request.nextToken(), request.maxResults());
    }

    record DescribeInstancePatchStatesForPatchGroup(
            @JsonProperty("PatchGroup") String patchGroup,
            @JsonProperty("Filters") List<CountFilter> filters,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("MaxResults") Optional<Integer> maxResults) {
        DescribeInstancePatchStatesForPatchGroup {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    InstancePatchStates statesOfGroup(DescribeInstancePatchStatesForPatchGroup request) {
        request.filters().forEach(CountFilter::check);
        List<NodeState> passing = statesOf(members(request.patchGroup())).stream()
                .filter(state -> request.filters().stream().allMatch(filter -> filter.passes(state)))
                .toList();
        return page(passing, request.nextToken(), request.maxResults());
    }

    private static InstancePatchStates page(
            List<NodeState> states, Optional<String> nextToken, Optional<Integer> maxResults) {
        Paging.Cut<NodeState> cut = Paging.of(states, nextToken, maxResults.orElse(STATES_ON_A_PAGE));
        return new InstancePatchStates(cut.entries(), cut.nextToken());
    }

    record DescribePatchGroupState(
            @JsonProperty("PatchGroup") String patchGroup) {}

    record PatchGroupState(
            @JsonProperty("Instances") int instances,
            @JsonProperty("InstancesWithInstalledPatches") int installed,

            @JsonProperty("InstancesWithInstalledOtherPatches")
            int installedOther,

            @JsonProperty("InstancesWithInstalledPendingRebootPatches")
            int pendingReboot,

            @JsonProperty("InstancesWithInstalledRejectedPatches")
            int rejected,

            @JsonProperty("InstancesWithMissingPatches") int missing,
            @JsonProperty("InstancesWithFailedPatches") int failed,

            @JsonProperty("InstancesWithNotApplicablePatches")
            int notApplicable,

            @JsonProperty("InstancesWithUnreportedNotApplicablePatches")
            int unreported,

            @JsonProperty("InstancesWithCriticalNonCompliantPatches")
            int critical,

            @JsonProperty("InstancesWithSecurityNonCompliantPatches")
            int security,

            @JsonProperty("InstancesWithOtherNonCompliantPatches")
            int other,

            @JsonProperty("InstancesWithAvailableSecurityUpdates")
            int available) {}

    PatchGroupState groupState(DescribePatchGroupState request) {
        List<ServerId> members = members(request.patchGroup());
        List<NodeState> states = statesOf(members);
        return new PatchGroupState(
                members.size(),
                having(states, NodeState::installed),
                having(states, NodeState::installedOther),
                having(states, NodeState::installedPendingReboot),
                having(states, NodeState::installedRejected),
                having(states, NodeState::missing),
                having(states, NodeState::failed),
                having(states, NodeState::notApplicable),
                having(states, NodeState::unreportedNotApplicable),
                having(states, NodeState::criticalNonCompliant),
                having(states, NodeState::securityNonCompliant),
                having(states, NodeState::otherNonCompliant),
                having(states, NodeState::availableSecurityUpdate));
    }

    private static int having(List<NodeState> states, ToIntFunction<NodeState> figure) {
        return (int)
                states.stream().filter(state -> figure.applyAsInt(state) > 0).count();
    }

    private List<ServerId> members(String patchGroup) {
        return nodes.inPatchGroup(patchGroup).stream().map(Server::id).toList();
    }

    private List<NodeState> statesOf(List<ServerId> servers) {
        Map<ServerId, Integer> places = new HashMap<>();
        servers.forEach(server -> places.put(server, places.size()));
        List<ScanSummary> found = new ArrayList<>(records.inForce(servers));
        found.sort(Comparator.comparing(scan -> places.get(scan.server())));
        return found.stream().map(NodeState::of).toList();
    }
}
