package io.patchway.aws;

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

/** Issues and revokes the access keys of a Patchway over its own API, as its administrator does. */
final class KeyIssuer {
    private static final JsonMapper JSON = new JsonMapper();

    private final URI address;
    private final String token;

    /** @param patchway runs already */
    KeyIssuer(PatchwayProcess patchway) throws IOException {
        this.address = patchway.address();
        this.token = Files.readString(patchway.file("var/secrets/api-token"))
                .lines()
                .findFirst()
                .orElseThrow();
    }

    /** @param role {@code viewer}, {@code operator} or {@code administrator} */
    IssuedKey issue(String role) {
        String order = JSON.createObjectNode()
                .put("account", "of the test")
                .put("role", role)
                .toString();
        JsonNode key = send(request("/api/access-keys").POST(BodyPublishers.ofString(order)), 201);
        return new IssuedKey(
                address, key.get("id").textValue(), key.get("secret").textValue());
    }

    void revoke(IssuedKey key) {
        send(request("/api/access-keys/" + key.id()).DELETE(), 204);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode send(HttpRequest.Builder request, int expected) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        "the answer is " + answer.statusCode() + " with " + answer.body() + " instead of " + expected);
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an access key", e);
        }
    }
}
