package io.patchway.clc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchway.whole.PatchwayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;

/** Plain calls to a Patchway that runs, beside those of the client under test. */
final class ClcCalls implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String ownToken;
    private String token = "";

    /** @param patchway runs already */
    ClcCalls(PatchwayProcess patchway) throws IOException {
        this.address = patchway.address();
        this.ownToken = Files.readString(patchway.file("var/secrets/api-token")).strip();
    }

    /** Adds an operator who may work everywhere, and signs in as him. */
    ClcCalls signedInAs(String name, String password) {
        String user = JSON.createObjectNode()
                .put("name", name)
                .put("role", "operator")
                .put("password", password)
                .toString();
        send("POST", "/api/users", ownToken, user, 201);
        String credentials = JSON.createObjectNode()
                .put("username", name)
                .put("password", password)
                .toString();
        token = send("POST", "/v2/authentication/login", "", credentials, 200)
                .get("bearerToken")
                .textValue();
        return this;
    }

    /** The document at a path of CenturyLink Cloud, which must be there. */
    JsonNode get(String path) {
        return send("GET", path, token, "", 200);
    }

    private JsonNode send(String method, String path, String bearer, String body, int expected) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(path + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + path, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
