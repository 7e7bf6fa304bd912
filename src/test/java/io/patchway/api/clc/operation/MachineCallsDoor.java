package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.OpenClcDoor;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.baseline.KnownBaselines;
import io.patchway.config.ListedServers;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.ExecutionIds;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestDesk;
import io.patchway.run.Rollouts;
import io.patchway.run.RunId;
import io.patchway.run.ServerFault;
import io.patchway.run.machine.ForgottenSnapshots;
import io.patchway.run.machine.InMemoryMachines;
import io.patchway.run.machine.MachineDesk;
import io.patchway.run.machine.MachineJudge;
import io.patchway.run.machine.MachineWatch;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.Probe;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlBusyServers;
import io.patchway.store.SqlExecutions;
import io.patchway.store.SqlRunLedger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A door for calls about machines, before a few servers, and what its tests do with it again and again. */
abstract class MachineCallsDoor {
    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final ServerId FIRST = new ServerId("wa1aliasserv0101");
    static final ServerId SECOND = new ServerId("wa1aliasserv0102");
    static final ServerId WINDOWS = new ServerId("wa1aliaswin01");
    static final String OPERATIONS = "/v2/operations/ALIAS/servers/";

    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock(NOON);
    final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    final SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
    final InMemoryMachines memory = new InMemoryMachines();
    final Set<ServerId> down = new HashSet<>();
    final RecordingAuditLog audit = new RecordingAuditLog();
    final ListedServers inventory = new ListedServers(List.of(
            server(FIRST.value(), "ALIAS", false),
            server(SECOND.value(), "ALIAS", false),
            server("wa1aliasscan0101", "ALIAS", true),
            server("wa1otherserv0101", "OTHER", false),
            new Server(
                    WINDOWS,
                    WINDOWS.value(),
                    Set.of(),
                    Map.of(),
                    Optional.empty(),
                    false,
                    Optional.of("ALIAS"),
                    Optional.empty(),
                    new ConnectionSettings.WinRm(
                            "win",
                            5986,
                            "patch",
                            Path.of("password"),
                            true,
                            ConnectionSettings.WinRm.Authentication.NTLM,
                            Optional.empty()))));
    OpenClcDoor door;
    MachineDesk desk;
    Probe probe;
    Machines machines;
    String operator;
    String viewer;

    @BeforeEach
    void open() throws Exception {
        RequestDesk requests = new RequestDesk(
                inventory,
                new KnownBaselines(),
                List::of,
                new Rollouts(inventory, List.of(), 0),
                ledger,
                new AdmissionLimit(AdmissionLimit.DEFAULT),
                clock);
        machines = memory.machines();
        probe = new Probe(this::bootId, Duration.ofSeconds(5));
        desk = new MachineDesk(
                inventory,
                requests,
                ledger,
                new MachineJudge(machines, probe, new SqlBusyServers(database, clock), clock),
                audit);
        ExecutionIds ids = ExecutionIds.STANDARD;
        ClcServers servers = new ClcServers(inventory, ids, "PWAY");
        MachineCalls calls = new MachineCalls(desk, servers, ids, ledger, clock);
        door = new OpenClcDoor(
                folder,
                clock,
                new PowerResource(calls),
                new MachineSnapshotsResource(calls, memory),
                new StatusResource(List.of(new RunLookup(new SqlExecutions(database))), servers, ids, clock));
        operator = token("demouser1", Role.OPERATOR);
        viewer = token("looker", Role.VIEWER);
    }

    @AfterEach
    void close() {
        door.close();
        database.close();
    }

    MachineWatch watch() {
        SqlBusyServers busy = new SqlBusyServers(database, clock);
        return new MachineWatch(inventory, machines, desk, new ForgottenSnapshots(memory, busy, audit), probe, clock);
    }

    void givenSnapshotCommands() {
        memory.doing(Operation.CREATE_SNAPSHOT, () -> {})
                .doing(Operation.RESTORE_SNAPSHOT, () -> {})
                .doing(Operation.DELETE_SNAPSHOT, () -> {});
    }

    Snapshot promise(ServerId server) {
        memory.promise(RunId.next(), server, server + ".1", NOON, NOON.plus(Duration.ofDays(7)));
        return memory.of(server).orElseThrow();
    }

    PatchRequest onlyRequest() {
        assertThat(ledger.newest(2)).hasSize(1);
        return ledger.newest(1).getFirst().request();
    }

    HttpResponse<String> call(String operation, String token, String body) throws Exception {
        return door.call("POST", OPERATIONS + operation, token, body);
    }

    JsonNode entities(String operation, String body) throws Exception {
        HttpResponse<String> response = call(operation, operator, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode entities = OpenClcDoor.json(response.body());
        EntityShape.check(entities);
        return entities;
    }

    static JsonNode link(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode link = OpenClcDoor.json(response.body());
        assertThat(link.fieldNames()).toIterable().containsExactly("rel", "href", "id");
        return link;
    }

    static String statusOf(JsonNode entities, ServerId server) {
        return ClcWorld.statusOf(entities, server.value());
    }

    static String sentence(JsonNode entities, String server) {
        for (JsonNode entity : entities) {
            if (entity.path("server").asText().equals(server)) {
                return entity.path("errorMessage").asText();
            }
        }
        throw new AssertionError(server + " is not in " + entities);
    }

    String token(String name, Role role) {
        User user = new User(name, role, Set.of("ALIAS"), Optional.empty());
        UserAccount account = door.users()
                .desk()
                .add(user, Optional.of("mypassword"), "test")
                .orElseThrow()
                .account();
        return door.users().token(account);
    }

    String bootId(Server server) {
        if (down.contains(server.id())) {
            throw new ServerFault(ServerFault.Kind.UNREACHABLE, "simulated: no answer");
        }
        return "boot-1";
    }

    static Server server(String id, String alias, boolean scanOnly) {
        return new Server(
                new ServerId(id),
                id,
                Set.of(),
                Map.of(),
                Optional.empty(),
                scanOnly,
                Optional.of(alias),
                Optional.empty(),
                new ConnectionSettings.Local());
    }
}
