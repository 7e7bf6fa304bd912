package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.KeyFilter;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.History;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The nodes that there are, and when each was last seen. */
public final class InstanceInformationOperations implements OperationGroup {
    private static final int ON_A_PAGE = 50;
    private static final String TAG = "tag:";
    private static final Set<RunState> IN_VAIN = EnumSet.of(RunState.FAILED, RunState.UNKNOWN);
    private static final Set<String> PING_STATUS = Set.of("Online", "ConnectionLost", "Inactive");

    private static final Set<String> KEYS = Set.of(
            "InstanceIds",
            "PingStatus",
            "PlatformTypes",
            "ResourceType",
            "AgentVersion",
            "ActivationIds",
            "IamRole",
            "AssociationStatus",
            "tag-key");

    private final Nodes nodes;
    private final ComplianceRecords records;
    private final History history;

    public InstanceInformationOperations(Nodes nodes, ComplianceRecords records, History history) {
        this.nodes = nodes;
        this.records = records;
        this.history = history;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("DescribeInstanceInformation", DescribeInstanceInformation.class, this::describe);
    }

    /** The older kind of filter. */
    record ValueSetFilter(
            @JsonProperty("key") String key,
            @JsonProperty("valueSet") List<String> valueSet) {}

    record DescribeInstanceInformation(
            @JsonProperty("InstanceInformationFilterList") List<ValueSetFilter> olderFilters,
            @JsonProperty("Filters") List<KeyFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        DescribeInstanceInformation {
            olderFilters = olderFilters == null ? List.of() : List.copyOf(olderFilters);
            filters = filters == null ? List.of() : List.copyOf(filters);
        }

        List<KeyFilter> allFilters() {
            List<KeyFilter> all = new ArrayList<>(filters);
            olderFilters.forEach(filter -> all.add(new KeyFilter(filter.key(), filter.valueSet())));
            return all;
        }
    }

    record Information(
            @JsonProperty("InstanceInformationList") List<InstanceInformation> nodes,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record InstanceInformation(
            @JsonProperty("InstanceId") String instanceId,
            @JsonProperty("PingStatus") String pingStatus,
            @JsonProperty("LastPingDateTime") Optional<Instant> lastPing,
            @JsonProperty("PlatformType") String platformType,
            @JsonProperty("PlatformName") Optional<String> platformName,
            @JsonProperty("PlatformVersion") Optional<String> platformVersion,
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("Name") String name,
            @JsonProperty("ComputerName") Optional<String> computerName) {}

    Information describe(DescribeInstanceInformation request) {
        List<KeyFilter> filters = request.allFilters();
        filters.forEach(this::check);
        List<Server> meant = nodes.all().stream()
                .filter(server -> filters.stream().allMatch(filter -> passes(server, filter)))
                .toList();
        Paging.Cut<Server> cut =
                Paging.of(meant, request.nextToken(), request.maxResults().orElse(ON_A_PAGE));
        Map<ServerId, ScanSummary> seen = records
                .inForce(cut.entries().stream().map(Server::id).toList())
                .stream()
                .collect(Collectors.toMap(ScanSummary::server, Function.identity()));
        return new Information(
                cut.entries().stream()
                        .map(server -> information(server, Optional.ofNullable(seen.get(server.id()))))
                        .toList(),
                cut.nextToken());
    }

    private InstanceInformation information(Server server, Optional<ScanSummary> seen) {
        return new InstanceInformation(
                NodeIds.of(server.id()),
                pingStatus(server.id(), seen),
                seen.map(ScanSummary::takenAt),
                platformType(server),
                seen.map(scan -> scan.host().osName()),
                seen.map(scan -> scan.host().osVersion()),
                "ManagedInstance",
                server.name(),
                seen.map(scan -> scan.host().hostname()));
    }

    private static String platformType(Server server) {
        return server.runsWindows() ? "Windows" : "Linux";
    }

    /** A node counts as lost when the last work on it failed and it was not seen since; one never seen is inactive. */
    private String pingStatus(ServerId server, Optional<ScanSummary> seen) {
        if (seen.isEmpty()) {
            return "Inactive";
        }
        boolean lost = history.runs(server, Optional.empty(), 1).entries().stream()
                .map(History.ServerHistory::run)
                .anyMatch(run -> endedInVain(run, seen.get().takenAt()));
        return lost ? "ConnectionLost" : "Online";
    }

    private static boolean endedInVain(RunReport run, Instant lastSeen) {
        return IN_VAIN.contains(run.state())
                && run.endedAt().filter(end -> end.isAfter(lastSeen)).isPresent()
                && run.startedAt().filter(start -> start.isAfter(lastSeen)).isPresent();
    }

    private void check(KeyFilter filter) {
        boolean known = KEYS.contains(filter.key() == null ? "" : filter.key())
                || (filter.key() != null
                        && filter.key().startsWith(TAG)
                        && filter.key().length() > TAG.length());
        if (!known) {
            throw new SsmException(
                    "InvalidFilterKey",
                    "The filter key '" + filter.key() + "' is not valid; it must be tag:NAME or one of "
                            + KEYS.stream().sorted().collect(Collectors.joining(", ")));
        }
        if (filter.key().equals("InstanceIds")) {
            filter.values().forEach(nodes::existing);
        }
        if (filter.key().equals("PingStatus")) {
            filter.values().stream()
                    .filter(value -> !PING_STATUS.contains(value))
                    .findFirst()
                    .ifPresent(wrong -> {
                        throw new SsmException(
                                "InvalidInstanceInformationFilterValue",
                                "The filter PingStatus cannot be '" + wrong
                                        + "'; it must be Online, ConnectionLost or Inactive");
                    });
        }
    }

    private boolean passes(Server server, KeyFilter filter) {
        if (filter.key().startsWith(TAG)) {
            return Optional.ofNullable(server.tags().get(filter.key().substring(TAG.length())))
                    .filter(filter.values()::contains)
                    .isPresent();
        }
        return switch (filter.key()) {
            case "InstanceIds" -> filter.values().contains(NodeIds.of(server.id()));
            case "tag-key" -> filter.values().stream().anyMatch(server.tags()::containsKey);
            case "PlatformTypes" -> filter.values().contains(platformType(server));
            case "ResourceType" -> filter.values().contains("ManagedInstance");
            case "PingStatus" -> filter.values().contains(pingStatus(server.id(), records.inForce(server.id())));
            default -> false;
        };
    }
}
