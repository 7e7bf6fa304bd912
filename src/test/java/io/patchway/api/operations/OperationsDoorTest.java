package io.patchway.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OperationsDoorTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean databaseAnswers = new AtomicBoolean(true);

    @Test
    void readinessFollowsTheDatabaseAndLivenessDoesNot() throws Exception {
        try (OperationsDoor door = new OperationsDoor(databaseAnswers::get).start("127.0.0.1", 0)) {
            assertThat(get(door, "live").statusCode()).isEqualTo(200);
            assertThat(get(door, "ready").statusCode()).isEqualTo(200);

            databaseAnswers.set(false);

            assertThat(get(door, "live").statusCode()).isEqualTo(200);
            assertThat(get(door, "ready").statusCode()).isEqualTo(503);
            assertThat(get(door, "ready").body()).contains("\"database\":\"DOWN\"");
        }
    }

    private HttpResponse<String> get(OperationsDoor door, String which) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + door.port() + "/observe/health/" + which);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
