package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.Empty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.Report;
import io.patchway.compliance.ReportedItem;
import io.patchway.compliance.Reports;
import io.patchway.compliance.ScanSummary;
import io.patchway.server.Server;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is, and what is not, as it should be on nodes: patches, and whatever others report. */
public final class ComplianceOperations implements OperationGroup {
    static final String RESOURCE_TYPE = "ManagedInstance";

    private static final int ON_A_PAGE = 50;
    /** Nodes that one call looks at before it hands back what it has. */
    private static final int LOOKED_AT = 200;

    private static final int LONGEST_ID = 200;
    private static final Set<String> OWN_TYPES = Set.of(NodeCompliance.PATCH, "Association");

    private static final Map<String, Function<ComplianceItem, String>> MEMBERS = Map.of(
            "ComplianceType", ComplianceItem::complianceType,
            "ResourceType", ComplianceItem::resourceType,
            "ResourceId", ComplianceItem::resourceId,
            "Id", ComplianceItem::id,
            "Title", ComplianceItem::title,
            "Status", ComplianceItem::status,
            "Severity", ComplianceItem::severity);

    private final Nodes nodes;
    private final ComplianceRecords records;
    private final ScannedPatches patches;
    private final Reports reports;

    public ComplianceOperations(Nodes nodes, ComplianceRecords records, ScannedPatches patches, Reports reports) {
        this.nodes = nodes;
        this.records = records;
        this.patches = patches;
        this.reports = reports;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("ListComplianceItems", ListComplianceItems.class, this::items);
        table.operates("PutComplianceItems", PutComplianceItems.class, this::put);
    }

    record ListComplianceItems(
            @JsonProperty("Filters") List<ComplianceFilter> filters,
            @JsonProperty("ResourceIds") List<String> resourceIds,
            @JsonProperty("ResourceTypes") List<String> resourceTypes,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("MaxResults") Optional<Integer> maxResults) {
        ListComplianceItems {
            filters = filters == null ? List.of() : List.copyOf(filters);
            resourceIds = resourceIds == null ? List.of() : List.copyOf(resourceIds);
            resourceTypes = resourceTypes == null ? List.of() : List.copyOf(resourceTypes);
        }
    }

    record ComplianceItems(
            @JsonProperty("ComplianceItems") List<ComplianceItem> items,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    /** Node by node; a page may hold fewer entries than there are. */
    ComplianceItems items(ListComplianceItems request) {
        request.resourceTypes().forEach(ComplianceOperations::checkType);
        ComplianceFilter.check(request.filters(), MEMBERS);
        List<Server> meant = request.resourceIds().isEmpty()
                ? nodes.all()
                : request.resourceIds().stream().distinct().map(this::existing).toList();
        int most = request.maxResults().orElse(ON_A_PAGE);
        List<ComplianceItem> found = new ArrayList<>();
        Place place = Place.of(request.nextToken());
        for (int looked = 0; looked < LOOKED_AT && place.node() < meant.size() && found.size() < most; looked++) {
            List<ComplianceItem> ofNode = items(meant.get(place.node())).stream()
                    .filter(item -> ComplianceFilter.pass(request.filters(), item, MEMBERS))
                    .toList();
            int from = Math.min(place.offset(), ofNode.size());
            int to = Math.min(from + most - found.size(), ofNode.size());
            found.addAll(ofNode.subList(from, to));
            place = to < ofNode.size() ? new Place(place.node(), to) : new Place(place.node() + 1, 0);
        }
        return new ComplianceItems(found, place.node() < meant.size() ? Optional.of(place.token()) : Optional.empty());
    }

    /** A place in the items of all nodes that are meant. */
    private record Place(int node, int offset) {
        static Place of(Optional<String> token) {
            String[] parts = Paging.position(token).orElse("0/0").split("/", 2);
            try {
                return new Place(Integer.parseUnsignedInt(parts[0]), Integer.parseUnsignedInt(parts[parts.length - 1]));
            } catch (NumberFormatException e) {
                throw Paging.badToken(token.orElse(""));
            }
        }

        String token() {
            return Paging.token(node + "/" + offset);
        }
    }

    private List<ComplianceItem> items(Server server) {
        Stream<ComplianceItem> ofPatches = records.inForce(server.id()).stream()
                .flatMap(scan ->
                        patches.of(scan.scan()).orElse(List.of()).stream().map(row -> item(scan, row)));
        Stream<ComplianceItem> reported = reports.of(server.id()).stream()
                .flatMap(report -> report.items().stream().map(item -> item(report, item)));
        return Stream.concat(ofPatches, reported).toList();
    }

    private static ComplianceItem item(ScanSummary scan, ScannedPatches.Row row) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("PatchBaselineId", NodeState.baseline(scan));
        details.put("PatchGroup", scan.patchGroup().orElse(""));
        details.put("PatchSeverity", row.patch().severity());
        details.put("PatchState", row.patch().state());
        details.put("Classification", row.patch().classification());
        details.put("InstalledTime", row.patch().installedTime().toString());
        row.patch().cveIds().ifPresent(cves -> details.put("CVEIds", cves));
        return new ComplianceItem(
                NodeCompliance.PATCH,
                RESOURCE_TYPE,
                NodeIds.of(scan.server()),
                row.patch().kbId(),
                row.patch().title(),
                row.compliant() ? "COMPLIANT" : "NON_COMPLIANT",
                row.level().name(),
                NodeCompliance.execution(scan),
                details);
    }

    private static ComplianceItem item(Report report, ReportedItem item) {
        return new ComplianceItem(
                report.type(),
                RESOURCE_TYPE,
                NodeIds.of(report.server()),
                item.id(),
                item.title(),
                item.compliant() ? "COMPLIANT" : "NON_COMPLIANT",
                item.severity().name(),
                NodeCompliance.execution(report),
                item.details());
    }

    record PutComplianceItems(
            @JsonProperty("ResourceId") String resourceId,
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("ComplianceType") String complianceType,
            @JsonProperty("ExecutionSummary") ExecutionSummary execution,
            @JsonProperty("Items") List<Entry> items,
            @JsonProperty("UploadType") Optional<String> uploadType) {
        PutComplianceItems {
            items = items == null ? List.of() : List.copyOf(items);
        }
    }

    record Entry(
            @JsonProperty("Id") Optional<String> id,
            @JsonProperty("Title") Optional<String> title,
            @JsonProperty("Severity") String severity,
            @JsonProperty("Status") String status,
            @JsonProperty("Details") Map<String, String> details) {}

    Empty put(Caller caller, PutComplianceItems request) {
        checkType(request.resourceType());
        Server server = existing(request.resourceId());
        if (OWN_TYPES.contains(request.complianceType())) {
            throw new SsmException(
                    "InvalidItemContentException",
                    "Compliance of type " + request.complianceType()
                            + " comes from scans and cannot be reported; use a type such as Custom:Antivirus");
        }
        Report report = new Report(
                server.id(),
                request.complianceType(),
                request.execution().time(),
                request.execution().id(),
                request.execution().type(),
                request.items().stream().map(ComplianceOperations::reported).toList());
        checkIds(report.items());
        boolean whole = !request.uploadType().equals(Optional.of("PARTIAL"));
        reports.take(report, whole, caller.name());
        return new Empty();
    }

    private static ReportedItem reported(Entry entry) {
        String id = entry.id()
                .or(entry::title)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new SsmException("InvalidItemContentException", "Each item needs an Id or a Title"));
        return new ReportedItem(
                id,
                entry.title().orElse(""),
                ComplianceLevel.valueOf(entry.severity()),
                entry.status().equals("COMPLIANT"),
                entry.details() == null ? Map.of() : entry.details());
    }

    private static void checkIds(List<ReportedItem> items) {
        Set<String> seen = new HashSet<>();
        for (ReportedItem item : items) {
            if (item.id().length() > LONGEST_ID) {
                throw new SsmException(
                        "ItemSizeLimitExceededException",
                        "The Id of an item has at most " + LONGEST_ID + " characters: " + item.id());
            }
            if (item.id().codePoints().anyMatch(ComplianceOperations::unfit)) {
                throw new SsmException(
                        "InvalidItemContentException", "The Id of an item has characters that cannot be shown");
            }
            if (!seen.add(item.id())) {
                throw new SsmException(
                        "InvalidItemContentException", "Two items have the Id '" + item.id() + "'; each needs its own");
            }
        }
    }

    private static boolean unfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static void checkType(String resourceType) {
        if (!resourceType.equals(RESOURCE_TYPE)) {
            throw new SsmException(
                    "InvalidResourceType", "The resource type must be " + RESOURCE_TYPE + ", not " + resourceType);
        }
    }

    private Server existing(String resourceId) {
        return nodes.ids()
                .find(resourceId)
                .orElseThrow(() -> new SsmException(
                        "InvalidResourceId", "Resource " + resourceId + " is not a server of this inventory"));
    }
}
