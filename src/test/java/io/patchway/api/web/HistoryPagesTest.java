package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.intake.RequestIntake;
import io.patchway.run.ExecutionIds;
import io.patchway.run.RequestDesks;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlOutbox;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API shows of requests, servers and the outbox, page by page. */
class HistoryPagesTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private Database database;
    private ApiDoor door;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        SqlHistory history = new SqlHistory(database);
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        RequestIntake intake = new RequestIntake(RequestDesks.over(ledger, clock), new RecordingAuditLog());
        door = new ApiDoor(
                folder,
                new RequestsResource(intake, ledger, new SqlRolloutLedger(database, "node-1"), history, clock),
                new ServersResource(history, ExecutionIds.STANDARD),
                new OutboxResource(new SqlOutbox(database, "node-1"), clock));
    }

    @AfterEach
    void close() {
        door.close();
        database.close();
    }

    @Test
    void aRequestCanBeLookedAt() throws Exception {
        JsonNode request = door.get("/api/requests/" + scan("web-01"));

        assertThat(request.path("states").path("QUEUED").asInt()).isEqualTo(1);
        assertThat(request.path("ended").asBoolean()).isFalse();
        assertThat(request.path("runs").get(0).path("server").asText()).isEqualTo("web-01");
        assertThat(request.path("runs").get(0).path("state").asText()).isEqualTo("QUEUED");
        assertThat(request.path("next").isMissingNode()).isTrue();
    }

    @Test
    void requestsComeNewestFirstAndAPageStaysWhereItWasWhileNewOnesArrive() throws Exception {
        List<String> accepted = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            clock.advance(Duration.ofMinutes(1));
            accepted.add(0, scan("web-01"));
        }
        JsonNode first = door.get("/api/requests?limit=2");
        clock.advance(Duration.ofMinutes(1));
        scan("web-01");
        JsonNode second = door.get(first.path("next").asText());
        JsonNode third = door.get(second.path("next").asText());

        List<String> shown = new ArrayList<>();
        List.of(first, second, third)
                .forEach(page -> page.path("requests")
                        .forEach(request -> shown.add(request.path("requestId").asText())));
        assertThat(shown).isEqualTo(accepted);
        assertThat(third.path("next").isMissingNode()).isTrue();
    }

    @Test
    void theRunsOfARequestArePagedInTheOrderOfItsServers() throws Exception {
        String request = scan("web-01", "web-02", "db-01");

        JsonNode first = door.get("/api/requests/" + request + "/runs?limit=2");
        JsonNode second = door.get(first.path("next").asText());

        assertThat(first.path("runs"))
                .extracting(run -> run.path("server").asText())
                .containsExactly("web-01", "web-02");
        assertThat(second.path("runs"))
                .extracting(run -> run.path("server").asText())
                .containsExactly("db-01");
    }

    @Test
    void theHistoryOfAServerComesNewestFirst() throws Exception {
        String older = scan("web-01");
        clock.advance(Duration.ofMinutes(1));
        String newer = scan("web-01", "web-02");

        JsonNode first = door.get("/api/servers/web-01/history?limit=1");
        JsonNode second = door.get(first.path("next").asText());

        assertThat(first.path("runs").get(0).path("requestId").asText()).isEqualTo(newer);
        assertThat(second.path("runs").get(0).path("requestId").asText()).isEqualTo(older);
        assertThat(door.get("/api/servers/nobody/history").path("runs")).isEmpty();
    }

    @Test
    void theOutboxShowsWhatWaitsAndHasItTriedAgain() throws Exception {
        scan("web-01");
        clock.advance(Duration.ofMinutes(1));
        scan("web-01");

        JsonNode first = door.get("/api/outbox?state=waiting&limit=1");
        JsonNode second = door.get(first.path("next").asText());

        assertThat(first.path("entries").get(0).path("kind").asText()).isEqualTo("requested");
        assertThat(second.path("entries")).hasSize(1);
        assertThat(door.get("/api/outbox?state=dead").path("entries")).isEmpty();
        String id = first.path("entries").get(0).path("id").asText();
        assertThat(door.post("/api/outbox/" + id + "/retry")).isEqualTo(202);
        assertThat(door.post("/api/outbox/01a1fe46-02d5-7433-bd62-60ea1db7030e/retry"))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/requests?cursor=yesterday",
                "/api/requests?limit=0",
                "/api/servers/web-01/history?cursor=1",
                "/api/outbox?state=lost",
            })
    void anUnreasonablePageIsRefused(String path) throws Exception {
        assertThat(door.statusOf(path)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01a1fe46-02d5-7433-bd62-60ea1db7030e"})
    void theRunsOfARequestThatDoesNotExistAreNotFound(String id) throws Exception {
        assertThat(door.statusOf("/api/requests/" + id + "/runs")).isEqualTo(404);
    }

    private String scan(String... servers) throws Exception {
        String body = "{\"servers\":[\"" + String.join("\",\"", servers) + "\"],\"operation\":\"scan\"}";
        return door.request(body).path("requestId").asText();
    }
}
