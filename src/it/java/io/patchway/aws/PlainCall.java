package io.patchway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.signature.AwsSigner;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Set;

/** Calls as they stand in the documentation: a POST with a few headers, signed. */
record PlainCall(IssuedKey key) {
    /** What the HTTP client sets by itself. */
    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length");

    HttpResponse<String> send(String operation, JsonNode body) throws IOException, InterruptedException {
        AwsSigner.Call call = AwsSigner.Call.to(key.address().resolve("/"), body.toString())
                .with("Content-Type", "application/x-amz-json-1.1")
                .with("X-Amz-Target", "AmazonSSM." + operation);
        HttpRequest.Builder request = HttpRequest.newBuilder(call.address()).POST(BodyPublishers.ofString(call.body()));
        new AwsSigner(key.id(), key.secret()).signedHeaders(call, Instant.now()).forEach((name, values) -> {
            if (!OF_THE_CLIENT.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
