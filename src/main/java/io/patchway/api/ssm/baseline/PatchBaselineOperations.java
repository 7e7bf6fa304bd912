package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.ListFilter;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.tag.Tag;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.server.OperatingSystem;
import io.patchway.tag.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Creates, changes, shows and deletes patch baselines, and says which are defaults. */
public final class PatchBaselineOperations implements OperationGroup {
    private static final int USUAL_PAGE = 100;

    private static final Map<String, BiPredicate<StoredBaseline, String>> FILTERS = Map.of(
            "NAME_PREFIX", (baseline, prefix) -> baseline.name().startsWith(prefix),
            "OWNER", (baseline, owner) -> owner.equalsIgnoreCase(baseline.owner() == Owner.PREDEFINED ? "AWS" : "Self"),
            "OPERATING_SYSTEM",
                    (baseline, system) ->
                            baseline.content().operatingSystem().name().equals(system));

    private final Baselines baselines;
    private final BaselineCatalogue catalogue;
    private final ClientTokens tokens;
    private final BaselineNames names;

    public PatchBaselineOperations(
            Baselines baselines, BaselineCatalogue catalogue, ClientTokens tokens, BaselineNames names) {
        this.baselines = baselines;
        this.catalogue = catalogue;
        this.tokens = tokens;
        this.names = names;
    }

    @Override
    public void addTo(OperationTable table) {
        table.administers("CreatePatchBaseline", CreatePatchBaseline.class, this::create);
        table.administers("UpdatePatchBaseline", UpdatePatchBaseline.class, this::update);
        table.administers("DeletePatchBaseline", OneBaseline.class, this::delete);
        table.reads("GetPatchBaseline", OneBaseline.class, this::get);
        table.reads("DescribePatchBaselines", DescribePatchBaselines.class, this::describe);
        table.administers("RegisterDefaultPatchBaseline", OneBaseline.class, this::registerDefault);
        table.reads("GetDefaultPatchBaseline", OneSystem.class, this::getDefault);
    }

    /** A call about one baseline, or an answer that only names it. */
    record OneBaseline(@JsonProperty("BaselineId") String baselineId) {}

    /** A call about one operating system. */
    record OneSystem(@JsonProperty("OperatingSystem") Optional<OperatingSystem> operatingSystem) {}

    /** The default of an operating system. */
    record DefaultBaseline(
            @JsonProperty("BaselineId") String baselineId,
            @JsonProperty("OperatingSystem") OperatingSystem operatingSystem) {}

    /** Which baselines are asked for. */
    record DescribePatchBaselines(
            @JsonProperty("Filters") List<ListFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        DescribePatchBaselines {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    /** A page of baselines. */
    record BaselineList(
            @JsonProperty("BaselineIdentities") List<BaselineIdentity> identities,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    OneBaseline create(Caller caller, CreatePatchBaseline call) {
        PatchBaseline content = call.over(BaselineMembers.initial(
                call.name().orElse(""), call.operatingSystem().orElse(OperatingSystem.WINDOWS)));
        Map<String, String> tags = Tag.byKey(call.tags());
        if (tags.size() > Tags.MOST) {
            throw SsmException.invalid("Tags has " + tags.size() + " entries; a resource carries at most " + Tags.MOST);
        }
        return new OneBaseline(BaselineNames.changing(() ->
                tokens.once("CreatePatchBaseline", caller, call.clientToken(), call, newId -> {
                    BaselineId id = new BaselineId("pb-" + newId.hex17());
                    catalogue.create(id, content, tags, caller.name());
                    return id.value();
                })));
    }

    BaselineDocument update(Caller caller, UpdatePatchBaseline call) {
        boolean replace = call.replace().orElse(false);
        if (replace && call.name().isEmpty()) {
            throw SsmException.invalid("1 validation error detected: Value null at 'name' failed to satisfy constraint:"
                    + " Member must not be null");
        }
        BaselineId id = BaselineNames.read(call.baselineId());
        StoredBaseline updated = BaselineNames.changing(() -> catalogue.update(
                id,
                before ->
                        call.over(replace ? BaselineMembers.initial(before.name(), before.operatingSystem()) : before),
                caller.name()));
        return BaselineDocument.of(updated, names.of(updated));
    }

    BaselineDocument get(OneBaseline call) {
        StoredBaseline baseline = BaselineNames.find(baselines, call.baselineId());
        return BaselineDocument.of(baseline, names.of(baseline), catalogue.groupsOf(baseline.id()));
    }

    /** Deleting what does not exist succeeds. */
    OneBaseline delete(Caller caller, OneBaseline call) {
        return BaselineNames.changing(() -> {
            BaselineId.read(call.baselineId()).ifPresent(id -> catalogue.delete(id, caller.name()));
            return call;
        });
    }

    BaselineList describe(DescribePatchBaselines call) {
        Set<BaselineId> defaults = baselines.defaults();
        List<BaselineIdentity> found = baselines.all().stream()
                .filter(ListFilter.all(call.filters(), FILTERS))
                .map(baseline -> BaselineIdentity.of(baseline, names, defaults))
                .toList();
        Paging.Cut<BaselineIdentity> page =
                Paging.of(found, call.nextToken(), call.maxResults().orElse(USUAL_PAGE));
        return new BaselineList(page.entries(), page.nextToken());
    }

    OneBaseline registerDefault(Caller caller, OneBaseline call) {
        BaselineId id = BaselineNames.read(call.baselineId());
        return BaselineNames.changing(() -> {
            catalogue.registerDefault(id, caller.name());
            return call;
        });
    }

    DefaultBaseline getDefault(OneSystem call) {
        OperatingSystem system = call.operatingSystem().orElse(OperatingSystem.WINDOWS);
        return new DefaultBaseline(names.of(baselines.defaultFor(system)), system);
    }
}
