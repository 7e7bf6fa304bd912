package io.patchway.api.ivanti.machine;

import io.patchway.access.Role;
import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.Body.Items;
import io.patchway.api.ivanti.Envelope;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.Pages;
import io.patchway.console.ConsoleItem;
import io.patchway.console.group.DiscoveryFilter;
import io.patchway.console.group.MachineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /machinegroups}: server groups, and what is in them. */
public final class MachineGroupsResource implements IvantiResource {
    private static final String PATH = "machinegroups";
    private static final String GROUP = PATH + "/{group}";
    private static final String FILTERS = GROUP + "/discoveryFilters";
    /** How a machine is connected to; Patchway goes by the inventory whatever is said. */
    public static final List<String> CONNECTION_METHODS = List.of("Inherit", "IPAddress", "Fqdn", "NetBios");

    private final MachineGroups groups;

    public MachineGroupsResource(MachineGroups groups) {
        this.groups = groups;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get(PATH, this::list)
                .add("POST", PATH, Role.ADMINISTRATOR, this::create)
                .get(GROUP, call -> call.answer(model(group(call), call.links())))
                .add("PUT", GROUP, Role.ADMINISTRATOR, this::replace)
                .add("DELETE", GROUP, Role.ADMINISTRATOR, this::delete)
                .get(GROUP + "/usedby", this::usedBy)
                .get(FILTERS, this::filters)
                .add("POST", FILTERS, Role.ADMINISTRATOR, this::addFilters)
                .get(FILTERS + "/{filter}", this::filter)
                .add("DELETE", FILTERS + "/{filter}", Role.ADMINISTRATOR, this::removeFilter)
                .get(GROUP + "/virtualMachineDiscoveryFilters", this::none);
    }

    private ConsoleItem group(IvantiCall call) {
        return groups.existing(call.number("group", MachineGroups.WORD));
    }

    private ConsoleItem ownGroup(IvantiCall call) {
        ConsoleItem group = group(call);
        if (group.number() == MachineGroups.ALL.number()
                || MachineGroups.content(group).serverGroup() != null) {
            throw new IvantiRefusal(
                    400,
                    "The group '" + group.name() + "' comes from the inventory; change config/servers.yaml instead.");
        }
        return group;
    }

    private void list(IvantiCall call) {
        Pages.Wanted wanted = Pages.named(call);
        List<ConsoleItem> found = groups.all().stream()
                .filter(group -> wanted.isNamed(
                        group.name(), MachineGroups.content(group).path(), group.creator()))
                .toList();
        call.answer(Pages.byNumber(call, PATH, found, ConsoleItem::number, group -> model(group, call.links())));
    }

    private void create(IvantiCall call) {
        Body body = call.body();
        groups.all();
        ConsoleItem group = groups.items()
                .add(
                        body.requiredText("name"),
                        content(body, List.of()),
                        call.user().name());
        call.header("Location", call.links().to(PATH + "/" + group.number())).answer(201, model(group, call.links()));
    }

    private void replace(IvantiCall call) {
        ConsoleItem before = ownGroup(call);
        Body body = call.body();
        MachineGroup content = content(body, MachineGroups.content(before).filters());
        call.answer(model(
                groups.items()
                        .replace(
                                before.number(),
                                body.requiredText("name"),
                                content,
                                call.user().name()),
                call.links()));
    }

    private void delete(IvantiCall call) {
        groups.items().remove(ownGroup(call).number(), call.user().name());
        call.done();
    }

    /** @param otherwise the entries when the body names none */
    private static MachineGroup content(Body body, List<DiscoveryFilter> otherwise) {
        List<Body> written = body.objects("discoveryFilters");
        return new MachineGroup(
                null,
                body.text("description").orElse(""),
                body.text("path").orElse(""),
                body.guid("credentialId").orElse(null),
                body.word("connectionMethod", CONNECTION_METHODS).orElse("Inherit"),
                written.isEmpty() ? otherwise : read(written, List.of()));
    }

    private static List<DiscoveryFilter> read(List<Body> written, List<DiscoveryFilter> before) {
        List<DiscoveryFilter> all = new ArrayList<>(before);
        int last = before.stream().mapToInt(DiscoveryFilter::id).max().orElse(0);
        for (Body body : written) {
            all.add(new WrittenFilter(body).read(++last));
        }
        return all;
    }

    private void filters(IvantiCall call) {
        ConsoleItem group = group(call);
        Optional<String> category = call.query().text("category");
        Optional<String> name = call.query().text("name");
        List<DiscoveryFilter> found = MachineGroups.content(group).filters().stream()
                .filter(filter -> category.filter(
                                word -> !word.equalsIgnoreCase(filter.category().name()))
                        .isEmpty())
                .filter(filter -> name.filter(word -> !word.equalsIgnoreCase(filter.name()))
                        .isEmpty())
                .toList();
        String path = filtersPath(group.number());
        call.answer(Pages.byNumber(
                call, path, found, DiscoveryFilter::id, filter -> model(group.number(), filter, call.links())));
    }

    private void addFilters(IvantiCall call) {
        ConsoleItem group = ownGroup(call);
        Items items = call.items();
        List<Body> written = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            written.add(Body.of(items.nodes().get(i), "discoveryFilters[" + i + "]"));
        }
        MachineGroup content = MachineGroups.content(group);
        List<DiscoveryFilter> all = read(written, content.filters());
        groups.items()
                .replace(
                        group.number(),
                        group.name(),
                        content.with(all),
                        call.user().name());
        List<FilterModel> added = all.subList(content.filters().size(), all.size()).stream()
                .map(filter -> model(group.number(), filter, call.links()))
                .toList();
        call.answer(201, Envelope.whole(added));
    }

    private void filter(IvantiCall call) {
        ConsoleItem group = group(call);
        call.answer(model(group.number(), filter(call, group), call.links()));
    }

    private static DiscoveryFilter filter(IvantiCall call, ConsoleItem group) {
        int id = call.number("filter", "discovery filter");
        return MachineGroups.content(group).filters().stream()
                .filter(filter -> filter.id() == id)
                .findFirst()
                .orElseThrow(() -> IvantiRefusal.unknown("discovery filter", id));
    }

    private void removeFilter(IvantiCall call) {
        ConsoleItem group = ownGroup(call);
        DiscoveryFilter gone = filter(call, group);
        MachineGroup content = MachineGroups.content(group);
        List<DiscoveryFilter> rest = content.filters().stream()
                .filter(filter -> filter != gone && filter.id() != gone.id())
                .toList();
        groups.items()
                .replace(
                        group.number(),
                        group.name(),
                        content.with(rest),
                        call.user().name());
        call.done();
    }

    private void usedBy(IvantiCall call) {
        group(call);
        call.answer(List.of());
    }

    private void none(IvantiCall call) {
        group(call);
        call.answer(Envelope.whole(List.of()));
    }

    private static String filtersPath(int group) {
        return PATH + "/" + group + "/discoveryFilters";
    }

    private record Model(
            String connectionMethod,
            String creator,
            Optional<UUID> credentialId,
            String description,
            int id,
            boolean isSystem,
            Map<String, Map<String, String>> links,
            String name,
            String path) {}

    private static Model model(ConsoleItem group, Base links) {
        MachineGroup content = MachineGroups.content(group);
        String self = PATH + "/" + group.number();
        return new Model(
                content.connectionMethod(),
                group.creator(),
                Optional.ofNullable(content.credentialId()),
                content.description(),
                group.number(),
                group.number() == MachineGroups.ALL.number() || content.serverGroup() != null,
                Map.of(
                        "self", links.href(self),
                        "discoveryFilters", links.href(filtersPath(group.number())),
                        "usedby", links.href(self + "/usedby")),
                group.name(),
                content.path());
    }

    private record FilterModel(
            Optional<UUID> adminCredentialId,
            String category,
            int id,
            boolean isExcluded,
            Map<String, Map<String, String>> links,
            String name,
            String note) {}

    private static FilterModel model(int group, DiscoveryFilter filter, Base links) {
        return new FilterModel(
                Optional.ofNullable(filter.adminCredentialId()),
                filter.category().name(),
                filter.id(),
                filter.isExcluded(),
                Map.of("self", links.href(filtersPath(group) + "/" + filter.id())),
                filter.name(),
                filter.note());
    }
}
