package io.patchway.clc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.whole.PatchwayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;

/** Somebody who has signed in to a Patchway in the words of CenturyLink Cloud. */
public final class ClcCaller implements AutoCloseable {
    public static final String MAIL = "demo@example.com";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS = "{\"username\":\"demouser1\",\"password\":\"my password 1\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String token;

    private ClcCaller(URI address, String apiToken) throws Exception {
        this.address = address;
        post(
                "/api/users",
                apiToken,
                "{\"name\":\"demouser1\",\"password\":\"my password 1\",\"role\":\"operator\",\"email\":\"" + MAIL
                        + "\"}");
        this.token = post("/v2/authentication/login", "", CREDENTIALS)
                .path("bearerToken")
                .asText();
    }

    /** Adds a user who may work under every alias, and signs it in. */
    public static ClcCaller signUp(PatchwayProcess patchway) throws Exception {
        return new ClcCaller(
                patchway.address(),
                Files.readString(patchway.file("var/secrets/api-token")).strip());
    }

    public String token() {
        return token;
    }

    /** The answer to a POST, which must be JSON. */
    public JsonNode post(String path, String body) throws Exception {
        return post(path, token, body);
    }

    /** The answer to a GET, which must be JSON. */
    public JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    private JsonNode post(String path, String bearer, String body) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + bearer)
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(
                client.send(request.build(), BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        client.close();
    }
}
