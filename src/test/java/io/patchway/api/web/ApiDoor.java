package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.FrontDoor;
import io.patchway.audit.RecordingAuditLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** An open door of the HTTP API, and a client that has the token. */
final class ApiDoor implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final FrontDoor api;
    private final String token;

    ApiDoor(Path folder, Resource... resources) throws IOException {
        Path tokenFile = folder.resolve("secrets/api-token");
        WebApi dialect =
                new WebApi(ApiToken.in(tokenFile), new RecordingAuditLog(), Clock.systemUTC(), List.of(resources));
        api = new FrontDoor(List.of(dialect)).start("127.0.0.1", 0);
        token = Files.readString(tokenFile).strip();
    }

    /** The document at a path, which must be there. */
    JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send(path, HttpRequest.newBuilder().GET());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    int statusOf(String path) throws Exception {
        return send(path, HttpRequest.newBuilder().GET()).statusCode();
    }

    /** Hands a request in, which must be accepted. */
    JsonNode request(String body) throws Exception {
        HttpResponse<String> response =
                send("/api/requests", HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return new ObjectMapper().readTree(response.body());
    }

    /** The answer to a POST, whatever its status; the status stands in the member {@code status} when it is not 200. */
    JsonNode ask(String path, String body) throws Exception {
        HttpResponse<String> response = send(path, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)));
        ObjectNode answer = (ObjectNode) new ObjectMapper().readTree(response.body());
        return response.statusCode() == 200 ? answer : answer.put("status", response.statusCode());
    }

    /** The status of the answer to an empty POST. */
    int post(String path) throws Exception {
        return send(path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()))
                .statusCode();
    }

    /** The document that answers a POST, whose status must be this. */
    JsonNode post(String path, String body, int status) throws Exception {
        HttpResponse<String> response = send(path, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    /** The document that answers a PUT, whose status must be this. */
    JsonNode put(String path, String body, int status) throws Exception {
        HttpResponse<String> response = send(path, HttpRequest.newBuilder().PUT(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    /** The document that answers a PATCH, whose status must be this. */
    JsonNode patch(String path, String body, int status) throws Exception {
        HttpResponse<String> response =
                send(path, HttpRequest.newBuilder().method("PATCH", BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    /** The status of the answer to a DELETE. */
    int delete(String path) throws Exception {
        return send(path, HttpRequest.newBuilder().DELETE()).statusCode();
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
        return client.send(
                request.uri(uri).header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        // The client first: the door waits a second for each connection that is kept open.
        client.close();
        api.close();
    }
}
