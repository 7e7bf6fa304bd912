package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.Reports;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Compliance in figures: by type, and by node. */
public final class ComplianceSummaryOperations implements OperationGroup {
    private static final int ON_A_PAGE = 50;

    private static final Map<String, Function<NodeCompliance, String>> MEMBERS = Map.of(
            "ComplianceType", NodeCompliance::type,
            "Status", NodeCompliance::status,
            "OverallSeverity", node -> node.severity().name(),
            "Severity", node -> node.severity().name(),
            "ResourceType", node -> ComplianceOperations.RESOURCE_TYPE,
            "ResourceId", node -> NodeIds.of(node.server()));

    private final Nodes nodes;
    private final ComplianceRecords records;
    private final Reports reports;

    public ComplianceSummaryOperations(Nodes nodes, ComplianceRecords records, Reports reports) {
        this.nodes = nodes;
        this.records = records;
        this.reports = reports;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("ListComplianceSummaries", SummariesQuery.class, this::byType);
        table.reads("ListResourceComplianceSummaries", SummariesQuery.class, this::byNode);
    }

    record SummariesQuery(
            @JsonProperty("Filters") List<ComplianceFilter> filters,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("MaxResults") Optional<Integer> maxResults) {
        SummariesQuery {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record TypeSummaries(
            @JsonProperty("ComplianceSummaryItems") List<TypeSummary> items,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    /** How many nodes are compliant, and how many not, by the gravest of what is wrong with each. */
    record TypeSummary(
            @JsonProperty("ComplianceType") String complianceType,
            @JsonProperty("CompliantSummary") SeveritySummary.Compliant compliant,
            @JsonProperty("NonCompliantSummary") SeveritySummary.NonCompliant nonCompliant) {}

    TypeSummaries byType(SummariesQuery query) {
        Map<String, List<NodeCompliance>> types = new TreeMap<>();
        meant(query)
                .forEach(node -> types.computeIfAbsent(node.type(), first -> new ArrayList<>())
                        .add(node));
        List<TypeSummary> summaries = types.entrySet().stream()
                .map(type -> new TypeSummary(
                        type.getKey(),
                        SeveritySummary.Compliant.of(severities(type.getValue(), true)),
                        SeveritySummary.NonCompliant.of(severities(type.getValue(), false))))
                .toList();
        Paging.Cut<TypeSummary> cut =
                Paging.of(summaries, query.nextToken(), query.maxResults().orElse(ON_A_PAGE));
        return new TypeSummaries(cut.entries(), cut.nextToken());
    }

    private static Map<ComplianceLevel, Integer> severities(List<NodeCompliance> nodes, boolean compliant) {
        Map<ComplianceLevel, Integer> counts = new EnumMap<>(ComplianceLevel.class);
        nodes.stream()
                .filter(node -> node.compliant() == compliant)
                .forEach(node -> counts.merge(node.severity(), 1, Integer::sum));
        return counts;
    }

    record NodeSummaries(
            @JsonProperty("ResourceComplianceSummaryItems") List<NodeSummary> items,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record NodeSummary(
            @JsonProperty("ComplianceType") String complianceType,
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("ResourceId") String resourceId,
            @JsonProperty("Status") String status,
            @JsonProperty("OverallSeverity") String overallSeverity,
            @JsonProperty("ExecutionSummary") ExecutionSummary execution,
            @JsonProperty("CompliantSummary") SeveritySummary.Compliant compliant,
            @JsonProperty("NonCompliantSummary") SeveritySummary.NonCompliant nonCompliant) {

        static NodeSummary of(NodeCompliance node) {
            return new NodeSummary(
                    node.type(),
                    ComplianceOperations.RESOURCE_TYPE,
                    NodeIds.of(node.server()),
                    node.status(),
                    node.severity().name(),
                    node.execution(),
                    SeveritySummary.Compliant.of(node.right()),
                    SeveritySummary.NonCompliant.of(node.wrong()));
        }
    }

    NodeSummaries byNode(SummariesQuery query) {
        Paging.Cut<NodeCompliance> cut =
                Paging.of(meant(query), query.nextToken(), query.maxResults().orElse(ON_A_PAGE));
        return new NodeSummaries(cut.entries().stream().map(NodeSummary::of).toList(), cut.nextToken());
    }

    /** Of servers that are in the inventory now, ordered by type and server. */
    private List<NodeCompliance> meant(SummariesQuery query) {
        ComplianceFilter.check(query.filters(), MEMBERS);
        List<ServerId> servers = nodes.all().stream().map(Server::id).toList();
        List<NodeCompliance> all = new ArrayList<>();
        records.inForce(servers).forEach(scan -> all.add(NodeCompliance.of(scan)));
        Set<ServerId> known = new HashSet<>(servers);
        reports.servers().stream()
                .filter(known::contains)
                .flatMap(server -> reports.of(server).stream())
                .forEach(report -> all.add(NodeCompliance.of(report)));
        return all.stream()
                .filter(node -> ComplianceFilter.pass(query.filters(), node, MEMBERS))
                .sorted(Comparator.comparing(NodeCompliance::type).thenComparing(NodeCompliance::server))
                .toList();
    }
}
