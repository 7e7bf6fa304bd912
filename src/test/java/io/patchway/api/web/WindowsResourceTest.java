package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.api.FrontDoor;
import io.patchway.run.RunState;
import io.patchway.run.window.CutoffBehavior;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowEngine;
import io.patchway.run.window.WindowWorld;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsResourceTest {
    @TempDir
    Path folder;

    private final WindowWorld world = new WindowWorld(Instant.parse("2026-11-21T10:00:00Z"));
    private final WindowEngine engine = world.node();
    private final HttpClient client = HttpClient.newHttpClient();
    private FrontDoor api;
    private String token;

    @BeforeEach
    void open() throws IOException {
        Path tokenFile = folder.resolve("api-token");
        List<Resource> resources =
                List.of(new WindowsResource(world.windows(), world.executions, engine.opener(), world.clock));
        api = new FrontDoor(List.of(new WebApi(ApiToken.in(tokenFile), world.audit, world.clock, resources)))
                .start("127.0.0.1", 0);
        token = Files.readString(tokenFile).strip();
    }

    @AfterEach
    void close() {
        // First: the door waits a second for each connection that is kept open.
        client.close();
        api.close();
    }

    @Test
    void aWindowIsRunNowWhateverItsScheduleSaysAndNotTwiceAtATime() throws Exception {
        StoredWindow window = world.daily(WindowWorld.task(1, 0, CutoffBehavior.CONTINUE_TASK, "web-01"));
        String run = "/api/windows/" + window.id() + "/run";

        HttpResponse<String> started = call("POST", run);
        assertThat(started.statusCode()).isEqualTo(202);
        JsonNode execution = new ObjectMapper().readTree(started.body());
        assertThat(execution.get("closes").asText()).isEqualTo("2026-11-21T13:00:00Z");

        HttpResponse<String> again = call("POST", run);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body())
                .contains("an execution of the window is going on: "
                        + execution.get("id").asText());

        engine.runner().due().forEach(engine.runner()::advance);
        assertThat(world.requested()).containsExactly("web-01");
        world.end(RunState.SUCCEEDED);
        world.clock.advance(Duration.ofSeconds(5));
        engine.runner().due().forEach(engine.runner()::advance);
        assertThat(call("POST", run).statusCode()).isEqualTo(202);
        assertThat(world.audit.lines()).hasSize(2).allMatch(line -> line.contains("window.opened-by-hand"));

        JsonNode executions = read("/api/windows/" + window.id() + "/executions");
        assertThat(executions.get("executions").findValuesAsText("origin"))
                .hasSize(2)
                .allMatch(origin -> origin.startsWith("window night, opened by api "));
        assertThat(executions.get("executions").findValuesAsText("request"))
                .containsExactly(world.runs.accepted().getFirst().id().toString());
    }

    @Test
    void windowsAreListedWithTheirNextOpening() throws Exception {
        StoredWindow window = world.daily();

        JsonNode listed = read("/api/windows").get("windows").get(0);

        assertThat(listed.get("id").asText()).isEqualTo(window.id().value());
        assertThat(listed.get("opensNext").asText()).isEqualTo("2026-11-22T02:00:00Z");
    }

    @Test
    void aWindowThatIsUnknownOrHasNothingToDoIsRefused() throws Exception {
        StoredWindow window = world.daily();

        assertThat(call("POST", "/api/windows/" + window.id() + "/run").statusCode())
                .isEqualTo(409);
        assertThat(call("POST", "/api/windows/mw-00000000000000000/run").statusCode())
                .isEqualTo(404);
        assertThat(call("GET", "/api/windows/mw-00000000000000000/executions").statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/api/windows/night/run").statusCode()).isEqualTo(400);
    }

    private JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("GET", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
