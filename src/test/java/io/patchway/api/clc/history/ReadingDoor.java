package io.patchway.api.clc.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchway.SettableClock;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.FrontDoor;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.discovery.Discovery;
import io.patchway.api.clc.discovery.Machine;
import io.patchway.config.ListedServers;
import io.patchway.run.ExecutionIds;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlComplianceRecords;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlRunLedger;
import io.patchway.store.SqlScanHistory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An open door with all that clients of CenturyLink Cloud only read, over a real store. The token {@code every} may
 * look everywhere, {@code alias} under the alias ALIAS alone.
 */
public final class ReadingDoor implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final Instant INVENTORY_WRITTEN = Instant.parse("2026-02-01T08:30:15Z");

    private static final Map<String, User> USERS = Map.of(
            "every", new User("demouser1", Role.VIEWER, Set.of(), Optional.empty()),
            "alias", new User("demouser2", Role.VIEWER, Set.of("ALIAS"), Optional.empty()));

    public final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    public final SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
    private final HttpClient client = HttpClient.newHttpClient();
    private final FrontDoor door;

    public ReadingDoor(Machine.Watcher machines, Server... all) {
        ClcServers servers = new ClcServers(new ListedServers(List.of(all)), ExecutionIds.STANDARD, "ALIAS");
        SqlHistory history = new SqlHistory(database);
        SqlComplianceRecords records = new SqlComplianceRecords(database);
        List<ClcResource> resources = new ArrayList<>(
                Discovery.of(servers, ExecutionIds.STANDARD, records, history, machines, INVENTORY_WRITTEN));
        resources.add(new HistoryResource(
                servers,
                history,
                records,
                new SqlScanHistory(database),
                ExecutionIds.STANDARD,
                new SettableClock(NOON.plusSeconds(3600))));
        door = new FrontDoor(
                        List.of(new ClcDoor(token -> Optional.ofNullable(USERS.get(token)), List.copyOf(resources))))
                .start("127.0.0.1", 0);
    }

    /** A server under the usual alias of this door. */
    public static Server server(String id, String... groups) {
        return server(id, Optional.empty(), groups);
    }

    public static Server server(String id, Optional<String> alias, String... groups) {
        return new Server(
                new ServerId(id),
                "The server " + id,
                Set.of(groups),
                Map.of("tier", "1"),
                Optional.empty(),
                false,
                alias,
                Optional.of(OperatingSystem.REDHAT_ENTERPRISE_LINUX),
                new ConnectionSettings.Local());
    }

    public int port() {
        return door.port();
    }

    /** The document at a path, which must be there. */
    public JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send("every", path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answers " + response.statusCode() + ": " + response.body());
        }
        return read(response);
    }

    /** The answer to whoever has this token. */
    public HttpResponse<String> send(String token, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    public static JsonNode read(HttpResponse<String> response) throws Exception {
        return new JsonMapper().readTree(response.body());
    }

    @Override
    public void close() {
        // The client first: the door waits a second for each connection that is kept open.
        client.close();
        door.close();
        database.close();
    }
}
