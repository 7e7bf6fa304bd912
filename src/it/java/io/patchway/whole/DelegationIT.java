package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.faults.Survives;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole Patchways: the headquarters hands its one server over to the branch, which has the simulated host. */
class DelegationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String ORDER = """
        {"operation":"install","servers":["branch-01"],"notify":["ops@example.com"]}
        """;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedFleet fleet;
    private PatchwayProcess branch;
    private PatchwayProcess headquarters;

    @BeforeEach
    void start() throws Exception {
        fleet = SimulatedFleet.start(folder.resolve("fleet"), 1, Duration.ofMillis(300));
        branch = new PatchwayProcess(Files.createDirectory(folder.resolve("branch")), settings());
        Files.copy(fleet.serversFile(), replaced(branch));
        branch.start();
        call(branch, "POST", "/api/users", """
            {"name":"headquarters","role":"operator","password":"correct horse \\"battery\\""}
            """);
        headquarters = new PatchwayProcess(Files.createDirectory(folder.resolve("headquarters")), settings());
        Files.writeString(headquarters.file("config/branch-password"), "correct horse \"battery\"\n");
        Files.writeString(replaced(headquarters), """
            servers:
              - id: branch-01
                connection:
                  type: http
                  url: %s
                  user: headquarters
                  passwordFile: config/branch-password
                  server: rehearsal-001
            """.formatted(branch.address()));
        headquarters.start();
    }

    private static Map<String, String> settings() {
        return Map.of("PATCHWAY_REHEARSAL", "false");
    }

    private static Path replaced(PatchwayProcess patchway) throws Exception {
        Path file = patchway.file("config/servers.yaml");
        Files.delete(file);
        return file;
    }

    @AfterEach
    void stop() throws Exception {
        headquarters.close();
        branch.close();
        fleet.close();
        client.close();
    }

    @Test
    void whatTheBranchInstallsIsInTheHistoryOfTheHeadquarters() throws Exception {
        headquarters.drop("order.json", ORDER);

        JsonNode run = endedRun();

        assertThat(run.path("state").asText()).as("%s", run).isEqualToIgnoringCase("SUCCEEDED");
        List<String> installed = installed(run);
        assertThat(installed)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(installed(runs(branch).get(0)));
        assertThat(headquarters.list("var/outbox")).hasSize(2);
        assertThat(Files.readString(headquarters.list("var/outbox").getLast())).contains("branch-01");
        assertThat(headquarters.output()).doesNotContain("battery");
    }

    @Test
    @Survives(10)
    void aHeadquartersThatIsKilledInTheMiddleLeadsToNoSecondRun() throws Exception {
        headquarters.drop("order.json", ORDER);
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> headquarters.output().contains("INSTALLING"));
        headquarters.kill();
        headquarters.start();
        await().atMost(PATIENCE).until(() -> headquarters.output().contains("handed over as operation"));
        headquarters.kill();
        headquarters.start();

        JsonNode run = endedRun();

        assertThat(run.path("state").asText()).as("%s", run).isEqualToIgnoringCase("SUCCEEDED");
        assertThat(runs(branch)).hasSize(1);
        assertThat(SimulatedFleet.repeated(fleet.installs())).isEmpty();
        assertThat(SimulatedFleet.differentPerHost(fleet.installs()))
                .containsExactly(Map.entry("rehearsal-001", (long) SimulatedFleet.ROUNDS));
        assertThat(headquarters.list("var/outbox")).hasSize(2);
    }

    private JsonNode endedRun() {
        await().atMost(PATIENCE)
                .until(() -> headquarters.list("var/outbox").stream()
                        .anyMatch(file -> file.toString().endsWith("verdict.eml")));
        return runs(headquarters).get(0);
    }

    /** The runs of all requests of a Patchway. */
    private List<JsonNode> runs(PatchwayProcess patchway) {
        return StreamSupport.stream(
                        call(patchway, "GET", "/api/requests", "")
                                .path("requests")
                                .spliterator(),
                        false)
                .map(request -> call(
                        patchway,
                        "GET",
                        "/api/requests/" + request.path("requestId").asText(),
                        ""))
                .flatMap(request -> StreamSupport.stream(request.path("runs").spliterator(), false))
                .toList();
    }

    private static List<String> installed(JsonNode run) {
        return StreamSupport.stream(run.path("patches").spliterator(), false)
                .filter(change -> change.path("outcome").asText().equalsIgnoreCase("INSTALLED"))
                .map(change -> change.path("name").asText() + " "
                        + change.path("after").asText())
                .toList();
    }

    private JsonNode call(PatchwayProcess patchway, String method, String path, String body) {
        try {
            URI uri = patchway.address().resolve(path);
            String token =
                    Files.readString(patchway.file("var/secrets/api-token")).strip();
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return MAPPER.readTree(answer.body());
        } catch (Exception e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }
}
