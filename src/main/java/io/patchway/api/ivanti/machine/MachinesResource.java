package io.patchway.api.ivanti.machine;

import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.Pages;
import io.patchway.api.ivanti.Query;
import io.patchway.console.ConsoleItems;
import io.patchway.console.Jobs;
import io.patchway.console.group.MachineNames;
import io.patchway.maintenance.MarkedInventory;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /machines}: the servers of the inventory, which alone says which there are. */
public final class MachinesResource implements IvantiResource {
    private static final List<String> PATHS = List.of("machines", "machine");
    private static final String WORD = "machine";

    private final Inventory inventory;
    private final ConsoleItems items;
    private final Jobs jobs;
    private final String consoleName;

    public MachinesResource(Inventory inventory, ConsoleItems items, Jobs jobs, String consoleName) {
        this.inventory = inventory;
        this.items = items;
        this.jobs = jobs;
        this.consoleName = consoleName;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        PATHS.forEach(path -> routes.get(path, this::list).get(path + "/{machine}", this::one));
    }

    private record Numbered(int number, Server server) {}

    private List<Numbered> all() {
        List<Server> servers = inventory.all();
        Map<ServerId, Integer> numbers =
                items.numbers(servers.stream().map(Server::id).toList());
        return servers.stream()
                .map(server -> new Numbered(numbers.get(server.id()), server))
                .sorted(Comparator.comparingInt(Numbered::number))
                .toList();
    }

    private void list(IvantiCall call) {
        Query query = call.query();
        List<Numbered> found = all().stream()
                .filter(machine -> fits(query.text("name"), machine, Server::name)
                        || fits(
                                query.text("name"),
                                machine,
                                server -> server.id().value()))
                .filter(machine -> fits(query.text("domain"), machine, MachineNames::domain))
                .filter(machine -> fits(
                        query.text("ipAddress"),
                        machine,
                        server -> MachineNames.address(server).orElse("")))
                .toList();
        Function<Numbered, Model> model = models(call.links());
        call.answer(Pages.byNumber(call, "machines", found, Numbered::number, model));
    }

    private static boolean fits(Optional<String> wanted, Numbered machine, Function<Server, String> property) {
        return wanted.filter(text -> !text.equalsIgnoreCase(property.apply(machine.server())))
                .isEmpty();
    }

    private void one(IvantiCall call) {
        int number = call.number("machine", WORD);
        Numbered machine = all().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> IvantiRefusal.unknown(WORD, number));
        call.answer(models(call.links()).apply(machine));
    }

    private record Model(
            String assignedGroup,
            String connectionMethod,
            String consoleName,
            Optional<String> dnsName,
            String domain,
            int id,
            boolean inMaintenanceMode,
            Optional<String> ipAddress,
            Optional<UUID> latestPatchScanId,
            Map<String, Map<String, String>> links,
            String name) {}

    private Function<Numbered, Model> models(Base links) {
        Map<ServerId, UUID> scans =
                jobs.latestScans().stream().collect(Collectors.toMap(Jobs.Latest::server, Jobs.Latest::scan));
        return machine -> new Model(
                machine.server().groups().stream().sorted().findFirst().orElse(""),
                "Inherit",
                consoleName,
                MachineNames.dnsName(machine.server()),
                MachineNames.domain(machine.server()),
                machine.number(),
                MarkedInventory.isInMaintenance(machine.server()),
                MachineNames.address(machine.server()),
                Optional.ofNullable(scans.get(machine.server().id())),
                Map.of("self", links.href("machines/" + machine.number())),
                machine.server().name());
    }
}
