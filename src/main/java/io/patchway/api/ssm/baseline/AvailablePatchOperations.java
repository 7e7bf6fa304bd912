package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.ListFilter;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.baseline.OfferedPatches.Offered;
import io.patchway.baseline.BaselineEvaluation;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.EvaluationInput;
import io.patchway.baseline.PatchDecision;
import io.patchway.baseline.StoredBaseline;
import io.patchway.patch.Patch;
import io.patchway.run.ScanHistory;
import io.patchway.server.Inventory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the patches that the managed nodes are offered, and what a baseline says of them. AWS answers for Windows and
 * Amazon Linux alone; here it is for every Linux, because the scans know. There is no list for Windows.
 */
public final class AvailablePatchOperations implements OperationGroup {
    private static final int USUAL_PAGE = 100;

    private final OfferedPatches offered;
    private final Baselines baselines;
    private final Clock clock;

    public AvailablePatchOperations(ScanHistory scans, Inventory inventory, Baselines baselines, Clock clock) {
        this.offered = new OfferedPatches(scans, inventory, clock);
        this.baselines = baselines;
        this.clock = clock;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("DescribeAvailablePatches", DescribeAvailablePatches.class, this::available);
        table.reads("DescribeEffectivePatchesForPatchBaseline", DescribeEffectivePatches.class, this::effective);
        table.reads("DescribePatchProperties", DescribePatchProperties.class, this::properties);
    }

    /** Which patches are asked for. */
    record DescribeAvailablePatches(
            @JsonProperty("Filters") List<ListFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        DescribeAvailablePatches {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    /** A page of patches. */
    record PatchPage(
            @JsonProperty("Patches") List<PatchEntry> patches,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    /** Whose patches are asked for. */
    record DescribeEffectivePatches(
            @JsonProperty("BaselineId") String baselineId,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    /** What a baseline says of a patch. */
    record Status(
            @JsonProperty("DeploymentStatus") String deploymentStatus,
            @JsonProperty("ComplianceLevel") ComplianceLevel complianceLevel,
            @JsonProperty("ApprovalDate") Optional<Instant> approvalDate) {}

    /** A patch that a baseline says something of. */
    record EffectivePatch(
            @JsonProperty("Patch") PatchEntry patch,
            @JsonProperty("PatchStatus") Status status) {}

    /** A page of them. */
    record EffectivePage(
            @JsonProperty("EffectivePatches") List<EffectivePatch> patches,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    PatchPage available(DescribeAvailablePatches call) {
        List<Offered> found = offered.all().stream()
                .filter(ListFilter.all(call.filters(), PatchFilters.BY_KEY))
                .toList();
        Paging.Cut<Offered> page =
                Paging.of(found, call.nextToken(), call.maxResults().orElse(USUAL_PAGE));
        return new PatchPage(page.entries().stream().map(PatchEntry::of).toList(), page.nextToken());
    }

    EffectivePage effective(DescribeEffectivePatches call) {
        StoredBaseline baseline = BaselineNames.find(baselines, call.baselineId());
        Map<String, List<Offered>> byProduct = new LinkedHashMap<>();
        offered.all().stream()
                .filter(each ->
                        each.product().operatingSystem() == baseline.content().operatingSystem())
                .forEach(each -> byProduct
                        .computeIfAbsent(each.product().product(), product -> new ArrayList<>())
                        .add(each));
        List<EffectivePatch> found = byProduct.values().stream()
                .flatMap(patches -> judged(baseline, patches).stream())
                .toList();
        Paging.Cut<EffectivePatch> page =
                Paging.of(found, call.nextToken(), call.maxResults().orElse(USUAL_PAGE));
        return new EffectivePage(page.entries(), page.nextToken());
    }

    PatchProperties.Page properties(DescribePatchProperties call) {
        return PatchProperties.page(call, offered.all());
    }

    private List<EffectivePatch> judged(StoredBaseline baseline, List<Offered> patches) {
        EvaluationInput input = new EvaluationInput(
                patches.get(0).product().product(),
                List.of(),
                patches.stream().map(Offered::patch).toList(),
                Set.of(),
                List.of(),
                Set.of(),
                Set.of(),
                clock.instant());
        Map<Patch, Offered> byPatch = new LinkedHashMap<>();
        patches.forEach(each -> byPatch.put(each.patch(), each));
        List<EffectivePatch> judged = new ArrayList<>();
        for (PatchDecision decision :
                BaselineEvaluation.evaluate(baseline.content(), input).decisions()) {
            status(decision)
                    .map(status -> new EffectivePatch(PatchEntry.of(byPatch.get(decision.patch())), status))
                    .ifPresent(judged::add);
        }
        return judged;
    }

    /** Empty for a patch that nothing approves, now or later. */
    private static Optional<Status> status(PatchDecision decision) {
        boolean byName = decision.reason().decider().startsWith("ApprovedPatches");
        Optional<String> deployment = switch (decision.verdict()) {
            case APPROVED, SUPERSEDED -> Optional.of(byName ? "EXPLICIT_APPROVED" : "APPROVED");
            case NOT_YET_APPROVED -> Optional.of("PENDING_APPROVAL");
            case REJECTED -> Optional.of("EXPLICIT_REJECTED");
            case NOT_APPROVED, HELD, EXCLUDED -> Optional.empty();
        };
        return deployment.map(word -> new Status(word, decision.level(), decision.approvedFrom()));
    }
}
