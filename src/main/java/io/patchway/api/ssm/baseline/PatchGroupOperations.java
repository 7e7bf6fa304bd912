package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.ListFilter;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineCatalogue.GroupRegistration;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.StoredBaseline;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Says which baseline serves which patch group. */
public final class PatchGroupOperations implements OperationGroup {
    private static final int USUAL_PAGE = 100;

    private static final Map<String, BiPredicate<GroupRegistration, String>> FILTERS = Map.of(
            "NAME_PREFIX", (group, prefix) -> group.patchGroup().startsWith(prefix),
            "OPERATING_SYSTEM",
                    (group, system) -> group.operatingSystem().name().equals(system));

    private final Baselines baselines;
    private final BaselineCatalogue catalogue;
    private final BaselineNames names;

    public PatchGroupOperations(Baselines baselines, BaselineCatalogue catalogue, BaselineNames names) {
        this.baselines = baselines;
        this.catalogue = catalogue;
        this.names = names;
    }

    @Override
    public void addTo(OperationTable table) {
        table.administers("RegisterPatchBaselineForPatchGroup", Registration.class, this::register);
        table.administers("DeregisterPatchBaselineForPatchGroup", Registration.class, this::deregister);
        table.reads("GetPatchBaselineForPatchGroup", GroupAndSystem.class, this::get);
        table.reads("DescribePatchGroups", DescribePatchGroups.class, this::describe);
    }

    /** A baseline and a patch group, asked for or answered. */
    record Registration(
            @JsonProperty("BaselineId") String baselineId,
            @JsonProperty("PatchGroup") String patchGroup) {}

    /** A patch group on an operating system. */
    record GroupAndSystem(
            @JsonProperty("PatchGroup") String patchGroup,
            @JsonProperty("OperatingSystem") Optional<OperatingSystem> operatingSystem) {}

    /** What serves a patch group. */
    record ServingBaseline(
            @JsonProperty("BaselineId") String baselineId,
            @JsonProperty("PatchGroup") String patchGroup,
            @JsonProperty("OperatingSystem") OperatingSystem operatingSystem) {}

    /** Which registrations are asked for. */
    record DescribePatchGroups(
            @JsonProperty("Filters") List<ListFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        DescribePatchGroups {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    /** A registration in a list. */
    record Mapping(
            @JsonProperty("PatchGroup") String patchGroup,
            @JsonProperty("BaselineIdentity") BaselineIdentity baselineIdentity) {}

    /** A page of registrations. */
    record GroupList(
            @JsonProperty("Mappings") List<Mapping> mappings,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    Registration register(Caller caller, Registration call) {
        BaselineId id = BaselineNames.read(call.baselineId());
        return BaselineNames.changing(() -> {
            catalogue.registerGroup(id, call.patchGroup(), caller.name());
            return call;
        });
    }

    /** Taking away what was never given succeeds. */
    Registration deregister(Caller caller, Registration call) {
        BaselineId id = BaselineNames.read(call.baselineId());
        return BaselineNames.changing(() -> {
            catalogue.deregisterGroup(id, call.patchGroup(), caller.name());
            return call;
        });
    }

    /** A group for which nothing is registered is served by the default. */
    ServingBaseline get(GroupAndSystem call) {
        OperatingSystem system = call.operatingSystem().orElse(OperatingSystem.WINDOWS);
        StoredBaseline serving =
                baselines.servingGroup(call.patchGroup(), system).orElseGet(() -> baselines.defaultFor(system));
        return new ServingBaseline(names.of(serving), call.patchGroup(), system);
    }

    GroupList describe(DescribePatchGroups call) {
        Set<BaselineId> defaults = baselines.defaults();
        List<Mapping> found = catalogue.groups().stream()
                .filter(ListFilter.all(call.filters(), FILTERS))
                .map(group -> new Mapping(group.patchGroup(), BaselineIdentity.of(group.baseline(), names, defaults)))
                .toList();
        Paging.Cut<Mapping> page =
                Paging.of(found, call.nextToken(), call.maxResults().orElse(USUAL_PAGE));
        return new GroupList(page.entries(), page.nextToken());
    }
}
