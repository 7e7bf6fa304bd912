package io.patchway;

import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.discovery.Machine;
import io.patchway.api.clc.operation.MachineCalls;
import io.patchway.api.clc.operation.MachineSnapshotsResource;
import io.patchway.api.clc.operation.PowerResource;
import io.patchway.api.web.Resource;
import io.patchway.audit.AuditLog;
import io.patchway.config.ListedMachines;
import io.patchway.config.Loaded;
import io.patchway.config.MachinesFile;
import io.patchway.config.Settings;
import io.patchway.config.document.Problem;
import io.patchway.connection.LocalCommandRunner;
import io.patchway.maintenance.MarkedInventory;
import io.patchway.routes.MachineRoutes;
import io.patchway.run.ExecutionIds;
import io.patchway.run.RequestDesk;
import io.patchway.run.RunLedger;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.machine.ForgottenSnapshots;
import io.patchway.run.machine.MachineDesk;
import io.patchway.run.machine.MachineJudge;
import io.patchway.run.machine.MachineWatch;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.PowerStates;
import io.patchway.run.machine.Probe;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.store.Database;
import io.patchway.store.SqlBusyServers;
import io.patchway.store.SqlCommandMemory;
import io.patchway.store.SqlPowerStates;
import io.patchway.store.SqlSnapshots;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that operate the machines of servers: their power and their snapshots. */
final class MachineKeeping {
    /** The properties that its routes read. */
    static final List<String> READ_BY_ROUTES = List.of("patchway.machines.period");

    private static final Logger LOG = LoggerFactory.getLogger(MachineKeeping.class);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    private final RunLedger ledger;
    private final Inventory inventory;
    private final Machines machines;
    private final Probe probe;
    private final MachineDesk desk;
    private final ForgottenSnapshots forgotten;
    private final Clock clock;
    private volatile Optional<ServerAccess> access = Optional.empty();

    /** @param folder where {@code machines.yaml} is */
    MachineKeeping(
            Path folder,
            Settings settings,
            Database database,
            Inventory inventory,
            RequestDesk requests,
            RunLedger ledger,
            AuditLog audit,
            Clock clock) {
        this.inventory = inventory;
        this.machines = new Machines(
                commands(folder.resolve("machines.yaml")),
                new LocalCommandRunner(),
                new SqlCommandMemory(database),
                new SqlPowerStates(database),
                new SqlSnapshots(database),
                settings.duration("patchway.machines.quiet", Duration.ofSeconds(30)));
        this.probe = new Probe(this::bootId, PROBE_PATIENCE);
        SqlBusyServers busy = new SqlBusyServers(database, clock);
        MachineJudge judge = new MachineJudge(machines, probe, busy, clock);
        this.forgotten = new ForgottenSnapshots(machines.snapshots(), busy, audit);
        this.desk = new MachineDesk(inventory, requests, ledger, judge, audit);
        this.ledger = ledger;
        this.clock = clock;
    }

    private ListedMachines commands(Path file) {
        Loaded<ListedMachines> loaded = new MachinesFile(file).load();
        loaded.problems().stream().map(Problem::toString).forEach(LOG::error);
        loaded.content().servers().stream()
                .filter(server -> inventory.find(server).isEmpty())
                .forEach(server -> LOG.error("{}: server {} is not in the inventory", file, server));
        return loaded.content();
    }

    /** What the steps of server runs need. */
    Machines machines() {
        return machines;
    }

    /** Which machines are stopped or paused. */
    PowerStates power() {
        return machines.states();
    }

    /** What the tools of CenturyLink Cloud are told of a machine. */
    Machine seen(Server server) {
        return new Machine(
                machines.states().stateOf(server.id()).name().toLowerCase(Locale.ROOT),
                MarkedInventory.isInMaintenance(server),
                machines.snapshots().of(server.id()).map(Snapshot::name).stream()
                        .toList());
    }

    private String bootId(Server server) {
        return access.orElseThrow(() -> new ServerFault(ServerFault.Kind.UNREACHABLE, "no server is asked yet"))
                .bootId(server);
    }

    /** Begins to look at servers: which answer, and whose snapshots are to be deleted. */
    void start(CamelContext camel, ServerAccess toServers) throws Exception {
        access = Optional.of(toServers);
        camel.addRoutes(new MachineRoutes(new MachineWatch(inventory, machines, desk, forgotten, probe, clock)));
    }

    /** What it serves in the words of CenturyLink Cloud. */
    List<ClcResource> clcResources(ClcServers servers, ExecutionIds ids) {
        MachineCalls calls = new MachineCalls(desk, servers, ids, ledger, clock);
        return List.of(new PowerResource(calls), new MachineSnapshotsResource(calls, machines.snapshots()));
    }

    /** What it serves under {@code /api}. */
    Resource resource(ExecutionIds ids) {
        return new io.patchway.api.web.PowerResource(inventory, desk, machines, forgotten, ids, ledger, clock);
    }
}
