package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.OpenClcDoor;
import io.patchway.baseline.KnownBaselines;
import io.patchway.config.ListedServers;
import io.patchway.config.PackagesFile;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.ExecutionIds;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestReport;
import io.patchway.run.Rollouts;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ScriptPackages;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlExecutions;
import io.patchway.store.SqlRunLedger;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A door with operations over a real store: two servers under the alias ALIAS, one of them for scans only beside them,
 * and web-01 under PWAY. Runs are moved on by hand.
 */
final class ClcWorld implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final String YUM_UPDATE = "c3c6642e-24e1-4c37-b56a-1cf1476ee360";
    static final String WINDOWS = "b229535c-a313-4a31-baf8-6aa71ff4b9ed";
    static final String MAIL = "demo@example.com";
    static final Duration LEASE = Duration.ofMinutes(1);

    final SettableClock clock = new SettableClock(NOON);
    final Map<ServerId, Optional<OperatingSystem>> scanned = new HashMap<>();
    final SqlRunLedger ledger;
    final OpenClcDoor door;
    final String operator;
    final String viewer;

    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));

    ClcWorld(Path folder) throws IOException {
        this(folder, AdmissionLimit.DEFAULT);
    }

    ClcWorld(Path folder, int mostOpenRuns, OperationLookup... more) throws IOException {
        ledger = new SqlRunLedger(database, "patch.example.org");
        ListedServers inventory = new ListedServers(List.of(
                server("wa1aliasserv0101", "ALIAS", Optional.empty(), false),
                server("wa1aliasserv0102", "ALIAS", Optional.empty(), false),
                server("wa1aliasdeb0101", "ALIAS", Optional.of(OperatingSystem.DEBIAN), false),
                server("wa1aliasscan0101", "ALIAS", Optional.empty(), true),
                server("web-01", "PWAY", Optional.of(OperatingSystem.ROCKY_LINUX), false)));
        ScriptPackages packages =
                new PackagesFile(Path.of("config/packages.yaml")).load().content();
        RequestDesk desk = new RequestDesk(
                inventory,
                new KnownBaselines(),
                packages,
                new Rollouts(inventory, List.of(), 0),
                ledger,
                new AdmissionLimit(mostOpenRuns),
                clock);
        ExecutionIds ids = ExecutionIds.STANDARD;
        ClcServers servers = new ClcServers(inventory, ids, "PWAY");
        SqlExecutions executions = new SqlExecutions(database);
        PackageGate gate = new PackageGate(executions, asked -> {
            Map<ServerId, Optional<OperatingSystem>> known = new HashMap<>(scanned);
            known.keySet().retainAll(asked);
            return known;
        });
        List<OperationLookup> lookups = new ArrayList<>(List.of(new RunLookup(executions)));
        lookups.addAll(List.of(more));
        door = new OpenClcDoor(
                folder,
                clock,
                new ExecutePackageResource(
                        new PackageDesk(
                                desk,
                                packages,
                                servers,
                                gate,
                                ledger,
                                (actor, action, subject, detail) -> refusals.add(actor + " " + action + " " + detail),
                                clock),
                        ids),
                new StatusResource(lookups, servers, ids, clock),
                new PackagesResource(packages));
        operator = token("demouser1", Role.OPERATOR, "ALIAS", "PWAY");
        viewer = token("looker", Role.VIEWER, "ALIAS");
    }

    /** What the audit log has about refused servers. */
    final List<String> refusals = new ArrayList<>();

    private static Server server(String id, String alias, Optional<OperatingSystem> system, boolean scanOnly) {
        return new Server(
                new ServerId(id),
                id,
                Set.of(),
                Map.of(),
                Optional.empty(),
                scanOnly,
                Optional.of(alias),
                system,
                new ConnectionSettings.Local());
    }

    String token(String name, Role role, String... aliases) {
        User user = new User(name, role, Set.of(aliases), Optional.of(MAIL));
        UserAccount account = door.users()
                .desk()
                .add(user, Optional.of("mypassword"), "test")
                .orElseThrow()
                .account();
        return door.users().token(account);
    }

    static String of(String scriptPackage, String parameters, String... servers) {
        return "{\"servers\":[\"" + String.join("\",\"", servers) + "\"],\"package\":{\"packageId\":\"" + scriptPackage
                + "\"" + (parameters.isEmpty() ? "" : ",\"parameters\":" + parameters) + "}}";
    }

    static String body(String... servers) {
        return of(YUM_UPDATE, "{\"patch.debug.mode\":\"false\"}", servers);
    }

    HttpResponse<String> execute(String body) throws Exception {
        return door.call("POST", "/v2/operations/ALIAS/servers/executePackage", operator, body);
    }

    /** The entities of an answer, which must be one that every client understands. */
    JsonNode accepted(String body) throws Exception {
        HttpResponse<String> response = execute(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode entities = OpenClcDoor.json(response.body());
        EntityShape.check(entities);
        return entities;
    }

    /** The path of the status of a server that must have been queued. */
    static String statusOf(JsonNode entities, String server) {
        for (JsonNode entity : entities) {
            if (entity.path("server").asText().equals(server)) {
                assertThat(entity.path("isQueued").asBoolean()).as(server).isTrue();
                return entity.path("links").path(0).path("href").asText();
            }
        }
        throw new AssertionError(server + " is not in " + entities);
    }

    JsonNode status(String path) throws Exception {
        HttpResponse<String> response = door.call("GET", path, operator, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return OpenClcDoor.json(response.body());
    }

    List<RequestReport> requests() {
        return ledger.newest(100);
    }

    /** Moves the run that is due on, which must be of this server. */
    void move(String server, RunState next, String note) {
        ServerRun run = claimed(server);
        ledger.commit(
                new Claim(run.id(), run.fence()),
                Transition.to(next, run, run.memory(), clock.instant(), note),
                clock.instant());
    }

    ServerRun claimed(String server) {
        for (Claim claim : ledger.claimDue("node-1", 100, LEASE, clock.instant())) {
            ServerRun run = ledger.load(claim).orElseThrow();
            if (run.server().value().equals(server)) {
                return run;
            }
            ledger.giveBack(Set.of(claim), clock.instant());
        }
        throw new AssertionError("no run of " + server + " is due");
    }

    @Override
    public void close() {
        door.close();
        database.close();
    }
}
