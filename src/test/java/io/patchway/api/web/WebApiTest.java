package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.SettableClock;
import io.patchway.api.FrontDoor;
import io.patchway.api.RefusedCallers;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.faults.Survives;
import io.patchway.intake.RequestIntake;
import io.patchway.run.RequestDesks;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebApiTest {
    private static final String SCAN = "{\"servers\":[\"web-01\",\"nobody\"],\"operation\":\"scan\"}";

    @TempDir
    Path folder;

    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final HttpClient client = HttpClient.newHttpClient();
    private Database database;
    private SqlRunLedger ledger;
    private SqlRolloutLedger rollouts;
    private FrontDoor api;
    private String token;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        ledger = new SqlRunLedger(database, "patch.example.org");
        rollouts = new SqlRolloutLedger(database, "node-1");
        open(new RequestIntake(RequestDesks.over(ledger, clock), audit));
        token = Files.readString(folder.resolve("secrets/api-token")).strip();
    }

    private void open(RequestIntake intake) throws IOException {
        if (api != null) {
            api.close();
        }
        api = door(intake, folder.resolve("secrets/api-token"));
    }

    private FrontDoor door(RequestIntake intake, Path tokenFile) throws IOException {
        List<Resource> resources = List.of(
                new RequestsResource(intake, ledger, rollouts, new SqlHistory(database), clock),
                new RolloutsResource(rollouts, clock));
        WebApi dialect = new WebApi(ApiToken.in(tokenFile), audit, clock, resources);
        return new FrontDoor(List.of(dialect)).start("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        // First: the door waits a second for each connection that is kept open.
        client.close();
        api.close();
        database.close();
    }

    @Test
    void aRequestIsAcceptedWithOneAnswerForEachServer() throws Exception {
        HttpResponse<String> response = post(SCAN);

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode receipt = json(response);
        assertThat(receipt.path("servers")).hasSize(2);
        assertThat(receipt.path("servers").get(1).path("reason").asText()).isEqualTo("is not in the inventory");
        assertThat(response.headers().firstValue("Location"))
                .contains("/api/requests/" + receipt.path("requestId").asText());
        assertThat(ledger.newest(1).get(0).request().requester()).isEqualTo("api");
    }

    @Test
    void aRequestCanBeLookedAt() throws Exception {
        String location = post(SCAN).headers().firstValue("Location").orElseThrow();

        HttpResponse<String> response = send(request(location).GET());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("runs").get(0).path("server").asText()).isEqualTo("web-01");
        assertThat(json(response).path("runs").get(0).path("state").asText()).isEqualTo("QUEUED");
        assertThat(json(response).path("ended").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi"})
    @Survives(31)
    void withoutTheTokenNothingIsRead(String authorization) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/api/requests")).POST(BodyPublishers.ofString(SCAN));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        HttpResponse<String> response = send(request);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(ledger.newest(1)).isEmpty();
        assertThat(audit.lines())
                .singleElement()
                .asString()
                .startsWith("api 127.0.0.1 | api.refused | POST /api/requests | ")
                .doesNotContain("wrong", "YTpi");
    }

    @Test
    @Survives(31)
    void whoTriesTokensMustWaitAndWhoHasTheTokenNeedNot() throws Exception {
        HttpRequest.Builder guess =
                HttpRequest.newBuilder(uri("/api/requests/x")).header("Authorization", "Bearer guess");
        for (int attempt = 1; attempt <= WebApi.MOST_REFUSALS; attempt++) {
            assertThat(send(guess).statusCode()).isEqualTo(401);
        }

        HttpResponse<String> response = send(guess);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("60");
        assertThat(post(SCAN).statusCode()).isEqualTo(202);
        clock.advance(RefusedCallers.SPAN);
        assertThat(send(guess).statusCode()).isEqualTo(401);
    }

    @Test
    @Survives(26)
    void headersThatSteerCamelElsewhereMeanNothingHere() throws Exception {
        HttpResponse<String> response = send(request("/api/requests")
                .header("CamelFileName", "../../evil")
                .header("CAmelHttpUri", "http://198.51.100.1/")
                .header("camelExecCommandExecutable", "reboot")
                .POST(BodyPublishers.ofString(SCAN)));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("camel"));
        assertThat(ledger.newest(9)).hasSize(1);
    }

    @Test
    void aTokenInTheQueryOrInAFormIsNoToken() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/api/requests?Authorization=Bearer%20" + token))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("Authorization=Bearer%20" + token)))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aBadBodyIsAnsweredWithLineFieldAndMessage() throws Exception {
        HttpResponse<String> response = post("{\"servers\":[\"web-01\"],\n\"operation\":\"erase\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = json(response).path("problems").get(0);
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("field").asText()).isEqualTo("operation");
        assertThat(problem.path("message").asText()).isEqualTo("must be one of scan, install, but is 'erase'");
        assertThat(audit.lines())
                .singleElement()
                .asString()
                .startsWith("api | request.refused | api 127.0.0.1 | ")
                .contains("must be one of scan, install, but is 'erase'");
        assertThat(ledger.newest(1)).isEmpty();
    }

    @Test
    void whenEveryServerIsRefusedTheAnswerIsARefusal() throws Exception {
        HttpResponse<String> response = post("{\"servers\":[\"nobody\"],\"operation\":\"scan\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("servers").get(0).path("accepted").asBoolean())
                .isFalse();
    }

    @Test
    @Survives(18)
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> response = post(" ".repeat(4 * 1024 * 1024 + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).path("message").asText()).contains("4194304");
    }

    @Test
    @Survives(18)
    void aRequestThatIsTooMuchIsRefusedWholeWithAHintWhenToComeAgain() throws Exception {
        open(new RequestIntake(RequestDesks.over(ledger, 2, clock), audit));
        assertThat(post("{\"groups\":[\"web\"],\"operation\":\"scan\"}").statusCode())
                .isEqualTo(202);

        HttpResponse<String> response = post(SCAN);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("60");
        assertThat(json(response).path("problems").get(0).path("message").asText())
                .startsWith("asks for 1 server runs, but 2 are not done yet and at most 2 may be");
        assertThat(ledger.newest(9)).hasSize(1);
    }

    @Test
    @Survives(18)
    void whatWasAcceptedBeforeIsAnsweredAgainHoweverMuchThereIsToDo() throws Exception {
        open(new RequestIntake(RequestDesks.over(ledger, 1, clock), audit));
        post(SCAN);

        assertThat(json(post(SCAN)).path("duplicate").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01a1fe46-02d5-7433-bd62-60ea1db7030e", "..%2f..%2fetc"})
    void aRequestThatDoesNotExistIsNotFound(String id) throws Exception {
        assertThat(send(request("/api/requests/" + id).GET()).statusCode()).isIn(404, 400);
    }

    @Test
    void theSameBodyAgainAtOnceIsTheSameRequestAndLaterANewOne() throws Exception {
        JsonNode first = json(post(SCAN));
        clock.advance(Duration.ofSeconds(10));
        JsonNode second = json(post(SCAN));
        clock.advance(Duration.ofSeconds(30));
        JsonNode third = json(post(SCAN));

        assertThat(second.path("duplicate").asBoolean()).isTrue();
        assertThat(second.path("requestId")).isEqualTo(first.path("requestId"));
        assertThat(third.path("requestId")).isNotEqualTo(first.path("requestId"));
    }

    @Test
    void theSameKeyIsTheSameRequestForEver() throws Exception {
        JsonNode first = json(send(request("/api/requests")
                .header("Idempotency-Key", "change-4711")
                .POST(BodyPublishers.ofString(SCAN))));
        clock.advance(Duration.ofDays(1));
        JsonNode second = json(send(request("/api/requests")
                .header("Idempotency-Key", "change-4711")
                .POST(BodyPublishers.ofString(SCAN))));

        assertThat(second.path("duplicate").asBoolean()).isTrue();
        assertThat(second.path("requestId")).isEqualTo(first.path("requestId"));
    }

    @Test
    void anErrorInsideIsAnsweredWithAnIdAndNoDetails() throws Exception {
        open(new RequestIntake(RequestDesks.over(null, clock), audit));

        HttpResponse<String> response = post(SCAN);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("the log has it as error").doesNotContain("Exception", "io.patchway");
    }

    @Test
    void aRequestIsPausedResumedAndCancelled() throws Exception {
        String path = "/api/requests/" + json(post(SCAN)).path("requestId").asText();

        HttpResponse<String> paused = order(path + "/pause", "{\"reason\": \"change freeze\"}");
        assertThat(paused.statusCode()).isEqualTo(200);
        assertThat(json(paused).path("phase").asText()).isEqualTo("HELD");
        assertThat(json(paused).path("reason").asText()).isEqualTo("paused: change freeze");
        assertThat(json(paused).path("waiting").asInt()).isOne();
        assertThat(order(path + "/pause", "").statusCode()).isEqualTo(409);

        assertThat(json(order(path + "/resume", "")).path("phase").asText()).isEqualTo("RUNNING");
        assertThat(order(path + "/resume", "").statusCode()).isEqualTo(409);

        assertThat(json(order(path + "/cancel", "")).path("phase").asText()).isEqualTo("CANCELLED");
        assertThat(json(send(request(path).GET())).path("rollout").path("phase").asText())
                .isEqualTo("CANCELLED");
    }

    @Test
    void ordersThatMakeNoSenseAreRefused() throws Exception {
        String path = "/api/requests/" + json(post(SCAN)).path("requestId").asText();

        HttpResponse<String> misspelt = order(path + "/cancel", "{\"server\": [\"web-01\"]}");
        assertThat(misspelt.statusCode()).isEqualTo(400);
        assertThat(json(misspelt).path("message").asText()).contains("server", "did you mean servers");
        assertThat(order("/api/requests/" + UUID.randomUUID() + "/pause", "").statusCode())
                .isEqualTo(404);
        assertThat(order("/api/requests/x/cancel", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> order(String path, String body) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void unknownPathsAndMethodsAreAnsweredInJson() throws Exception {
        assertThat(send(request("/api/nothing").GET()).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/requests").DELETE()).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request("/api/requests").POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
