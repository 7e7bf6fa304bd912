package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.OpenClcDoor;
import io.patchway.api.clc.OperationEntities;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.baseline.KnownBaselines;
import io.patchway.config.ListedServers;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.ExecutionIds;
import io.patchway.run.MachineOrders;
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
import io.patchway.run.machine.PowerState;
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
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls about power and snapshots answer, and when they have nothing done. */
class MachineCallsTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final ServerId FIRST = new ServerId("wa1aliasserv0101");
    private static final ServerId SECOND = new ServerId("wa1aliasserv0102");
    private static final ServerId WINDOWS = new ServerId("wa1aliaswin01");
    private static final String OPERATIONS = "/v2/operations/ALIAS/servers/";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    private final SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
    private final InMemoryMachines memory = new InMemoryMachines();
    private final Set<ServerId> down = new HashSet<>();
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final ListedServers inventory = new ListedServers(List.of(
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
    private OpenClcDoor door;
    private MachineDesk desk;
    private Probe probe;
    private Machines machines;
    private String operator;
    private String viewer;

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

    @ParameterizedTest
    @ValueSource(strings = {"reboot", "shutDown"})
    void whatALoginCanDoIsQueuedWithAStatusOfItsOwn(String operation) throws Exception {
        JsonNode entities = entities(
                operation, "[\"WA1ALIASSERV0101\",\"wa1aliasserv0101\",\"WA1ALIASNOPE01\",\"wa1otherserv0101\"]");

        assertThat(entities).hasSize(3);
        JsonNode status = OpenClcDoor.json(
                door.call("GET", statusOf(entities, FIRST), operator, "").body());
        assertThat(status.path("status").asText()).isEqualTo("notStarted");
        assertThat(sentence(entities, "wa1aliasnope01")).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(sentence(entities, "wa1otherserv0101")).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "powerOff", "pause", "archive"})
    void whatNobodyGaveACommandForIsRefusedAndTheAuditLogSaysWhy(String operation) throws Exception {
        JsonNode entities = entities(operation, "[\"WA1ALIASSERV0101\"]");

        assertThat(sentence(entities, FIRST.value())).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(ledger.openRuns()).isZero();
        if (!operation.equals("archive")) {
            assertThat(audit.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("machine.refused", "has no command " + operation + " in config/machines.yaml"));
        }
    }

    @Test
    void aStartedServerIsInTheDesiredStateAlready() throws Exception {
        memory.doing(Operation.POWER_ON, () -> {});

        assertThat(sentence(entities("powerOn", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.ALREADY_IN_STATE);
    }

    @Test
    void aServerThatDoesNotAnswerIsStarted() throws Exception {
        memory.doing(Operation.POWER_ON, () -> {});
        down.add(FIRST);

        assertThat(statusOf(entities("powerOn", "[\"WA1ALIASSERV0101\"]"), FIRST))
                .startsWith("/v2/operations/alias/status/wa1-");
    }

    @Test
    void aWindowsServerIsNotShutDown() throws Exception {
        assertThat(sentence(entities("shutDown", "[\"WA1ALIASWIN01\"]"), WINDOWS.value()))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(ledger.openRuns()).isZero();
        assertThat(audit.lines())
                .anySatisfy(line -> assertThat(line).contains("is a Windows server, which cannot be shut down"));
        statusOf(entities("reboot", "[\"WA1ALIASWIN01\"]"), WINDOWS);
    }

    @Test
    void aStoppedServerIsNeitherShutDownNorRebooted() throws Exception {
        memory.remember(FIRST, PowerState.STOPPED, NOON);
        down.add(FIRST);

        assertThat(sentence(entities("shutDown", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.ALREADY_IN_STATE);
        assertThat(sentence(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @Test
    void aServerThatWasStoppedAndAnswersIsStartedAgainForUs() throws Exception {
        memory.remember(FIRST, PowerState.STOPPED, NOON);

        statusOf(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST);
        assertThat(memory.stateOf(FIRST)).isEqualTo(PowerState.STARTED);
    }

    @Test
    void aServerForScansOnlyIsLeftAlone() throws Exception {
        assertThat(sentence(entities("reboot", "[\"WA1ALIASSCAN0101\"]"), "wa1aliasscan0101"))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @Test
    void theSameCallWithinSecondsIsTheSameOperationAndALaterOneFindsTheServerBusy() throws Exception {
        String first = statusOf(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST);

        assertThat(statusOf(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST))
                .isEqualTo(first);
        assertThat(ledger.openRuns()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        assertThat(sentence(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @Test
    void aRepeatedCallGetsTheSameAnswerForServersThatWereInTheStateAlready() throws Exception {
        memory.doing(Operation.POWER_ON, () -> {});
        down.add(SECOND);
        String body = "[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]";
        JsonNode first = entities("powerOn", body);

        assertThat(sentence(first, FIRST.value())).isEqualTo(OperationEntities.ALREADY_IN_STATE);
        statusOf(first, SECOND);
        assertThat(entities("powerOn", body)).isEqualTo(first);
        assertThat(ledger.openRuns()).isEqualTo(1);
    }

    @Test
    void equalCallsAtTheSameTimeAreOneOperationWithOneAnswer() throws Exception {
        List<Callable<JsonNode>> calls =
                Collections.nCopies(6, () -> entities("reboot", "[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]"));
        Set<JsonNode> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<JsonNode> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
        }

        assertThat(answers).singleElement().satisfies(answer -> {
            statusOf(answer, FIRST);
            statusOf(answer, SECOND);
        });
        assertThat(ledger.openRuns()).isEqualTo(2);
    }

    @Test
    void whatACallIsRefusedIsOneEntryOfTheAuditLog() throws Exception {
        entities("pause", "[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]");

        assertThat(audit.lines())
                .filteredOn(line -> line.contains("machine.refused"))
                .singleElement()
                .asString()
                .contains("pause of 2 servers", FIRST + " has no command", SECOND + " has no command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "[1]", "[\"a\"", "[[\"a\"]]", "\"a\""})
    void aBodyThatIsNoListOfServersHasNothingDone(String body) throws Exception {
        HttpResponse<String> response = call("reboot", operator, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenClcDoor.json(response.body()).path("message").asText()).isNotEmpty();
        assertThat(ledger.openRuns()).isZero();
    }

    @Test
    void whoMayOnlyLookOrIsOfAnotherAccountIsForbidden() throws Exception {
        assertThat(call("reboot", viewer, "[\"WA1ALIASSERV0101\"]").statusCode())
                .isEqualTo(403);
        assertThat(door.call("POST", "/v2/operations/OTHER/servers/reboot", operator, "[\"wa1otherserv0101\"]")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"snapshotExpirationDays\":7,\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"SnapshotExpirationDays\":\"7\",\"ServerIds\":[\"WA1ALIASSERV0101\"]}"
            })
    void aSnapshotIsOrderedInAnyLetterCase(String body) throws Exception {
        givenSnapshotCommands();

        statusOf(entities("createSnapshot", body), FIRST);
        assertThat(onlyRequest().special().machine()).isEqualTo(MachineOrders.keptFor(7));
    }

    @Test
    void aSnapshotIsOrderedByAForm() throws Exception {
        givenSnapshotCommands();
        HttpResponse<String> response = door.send(HttpRequest.newBuilder()
                .uri(door.at(OPERATIONS + "createSnapshot"))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("serverIds=WA1ALIASSERV0101&snapshotExpirationDays=7")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        statusOf(OpenClcDoor.json(response.body()), FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"snapshotExpirationDays\":0,\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"snapshotExpirationDays\":11,\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"snapshotExpirationDays\":\"soon\",\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"snapshotExpirationDays\":7,\"serverIds\":[]}",
                "{\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "[\"WA1ALIASSERV0101\"]"
            })
    void aSnapshotThatMakesNoSenseIsNotMade(String body) throws Exception {
        givenSnapshotCommands();

        assertThat(call("createSnapshot", operator, body).statusCode()).isEqualTo(400);
        assertThat(ledger.openRuns()).isZero();
    }

    @Test
    void aSecondSnapshotOfAServerIsRefused() throws Exception {
        givenSnapshotCommands();
        promise(FIRST);

        JsonNode entities = entities(
                "createSnapshot",
                "{\"snapshotExpirationDays\":7,\"serverIds\":[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]}");
        assertThat(sentence(entities, FIRST.value())).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        statusOf(entities, SECOND);
    }

    @Test
    void aSnapshotIsRestoredByItsNumberOrNameAndAnsweredWithOneLink() throws Exception {
        givenSnapshotCommands();
        Snapshot snapshot = promise(FIRST);
        promise(SECOND);

        JsonNode link = link(door.call(
                "POST",
                "/v2/servers/alias/wa1aliasserv0101/snapshots/" + snapshot.number() + "/restore",
                operator,
                ""));
        assertThat(link.path("rel").asText()).isEqualTo("status");
        assertThat(link.path("href").asText())
                .isEqualTo("/v2/operations/alias/status/" + link.path("id").asText());
        assertThat(onlyRequest().operation()).isEqualTo(Operation.RESTORE_SNAPSHOT);

        link(door.call("DELETE", "/v2/servers/alias/WA1ALIASSERV0102/snapshots/wa1aliasserv0102.1", operator, ""));
    }

    @Test
    void anUnknownSnapshotIsNotFoundAndOneWithoutACommandIsRefusedWithTheReason() throws Exception {
        promise(FIRST);

        assertThat(door.call("POST", "/v2/servers/ALIAS/wa1aliasserv0101/snapshots/77/restore", operator, "")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> refused =
                door.call("DELETE", "/v2/servers/ALIAS/wa1aliasserv0101/snapshots/wa1aliasserv0101.1", operator, "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("has no command deleteSnapshot in config/machines.yaml");
    }

    @Test
    void anExpiredSnapshotIsDeletedByARunOfItsOwn() {
        givenSnapshotCommands();
        promise(FIRST);
        MachineWatch watch = watch();
        assertThat(watch.claimExpired()).isEmpty();

        clock.advance(Duration.ofDays(8));
        watch.claimExpired().forEach(watch::delete);

        assertThat(onlyRequest().operation()).isEqualTo(Operation.DELETE_SNAPSHOT);
        assertThat(onlyRequest().recipients()).isEmpty();
    }

    @Test
    void theExpiredSnapshotOfAServerThatLeftTheInventoryIsForgotten() {
        givenSnapshotCommands();
        ServerId gone = new ServerId("gone-01");
        promise(gone);
        clock.advance(Duration.ofDays(8));

        watch().claimExpired().forEach(watch()::delete);

        assertThat(memory.of(gone)).isEmpty();
        assertThat(ledger.openRuns()).isZero();
        assertThat(audit.lines())
                .anySatisfy(line -> assertThat(line).contains("snapshot.forgotten", "server gone-01", "gone-01.1"));
    }

    private MachineWatch watch() {
        SqlBusyServers busy = new SqlBusyServers(database, clock);
        return new MachineWatch(inventory, machines, desk, new ForgottenSnapshots(memory, busy, audit), probe, clock);
    }

    @Test
    void aStoppedServerThatAnswersIsTakenForStarted() {
        memory.remember(FIRST, PowerState.STOPPED, NOON);
        memory.remember(SECOND, PowerState.STOPPED, NOON);
        down.add(SECOND);
        MachineWatch watch = watch();

        watch.notStarted().forEach(watch::lookAt);

        assertThat(watch.notStarted()).containsExactly(SECOND);
    }

    @Test
    void noDamagedCallIsAnErrorOfOurs() throws Exception {
        givenSnapshotCommands();
        Random random = new Random(5);
        List<String> goods = List.of(
                "[\"WA1ALIASSERV0101\",\"x\"]", "{\"snapshotExpirationDays\":7,\"serverIds\":[\"WA1ALIASSERV0101\"]}");
        for (int i = 0; i < 400; i++) {
            StringBuilder body = new StringBuilder(goods.get(i % 2));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(body.length());
                body.replace(
                        at, Math.min(body.length(), at + random.nextInt(4)), "" + (char) (32 + random.nextInt(95)));
            }
            String operation = i % 2 == 0 ? "reboot" : "createSnapshot";
            int before = ledger.openRuns();
            HttpResponse<String> response = call(operation, operator, body.toString());
            assertThat(response.statusCode()).as(body.toString()).isIn(200, 400);
            if (response.statusCode() == 400) {
                assertThat(ledger.openRuns()).isEqualTo(before);
            } else {
                EntityShape.check(OpenClcDoor.json(response.body()));
            }
            clock.advance(Duration.ofSeconds(30));
        }
    }

    private void givenSnapshotCommands() {
        memory.doing(Operation.CREATE_SNAPSHOT, () -> {})
                .doing(Operation.RESTORE_SNAPSHOT, () -> {})
                .doing(Operation.DELETE_SNAPSHOT, () -> {});
    }

    private Snapshot promise(ServerId server) {
        memory.promise(RunId.next(), server, server + ".1", NOON, NOON.plus(Duration.ofDays(7)));
        return memory.of(server).orElseThrow();
    }

    private PatchRequest onlyRequest() {
        assertThat(ledger.newest(2)).hasSize(1);
        return ledger.newest(1).getFirst().request();
    }

    private HttpResponse<String> call(String operation, String token, String body) throws Exception {
        return door.call("POST", OPERATIONS + operation, token, body);
    }

    private JsonNode entities(String operation, String body) throws Exception {
        HttpResponse<String> response = call(operation, operator, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode entities = OpenClcDoor.json(response.body());
        EntityShape.check(entities);
        return entities;
    }

    private static JsonNode link(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode link = OpenClcDoor.json(response.body());
        assertThat(link.fieldNames()).toIterable().containsExactly("rel", "href", "id");
        return link;
    }

    private static String statusOf(JsonNode entities, ServerId server) {
        return ClcWorld.statusOf(entities, server.value());
    }

    private static String sentence(JsonNode entities, String server) {
        for (JsonNode entity : entities) {
            if (entity.path("server").asText().equals(server)) {
                return entity.path("errorMessage").asText();
            }
        }
        throw new AssertionError(server + " is not in " + entities);
    }

    private String token(String name, Role role) {
        User user = new User(name, role, Set.of("ALIAS"), Optional.empty());
        UserAccount account = door.users()
                .desk()
                .add(user, Optional.of("mypassword"), "test")
                .orElseThrow()
                .account();
        return door.users().token(account);
    }

    private String bootId(Server server) {
        if (down.contains(server.id())) {
            throw new ServerFault(ServerFault.Kind.UNREACHABLE, "simulated: no answer");
        }
        return "boot-1";
    }

    private static Server server(String id, String alias, boolean scanOnly) {
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
