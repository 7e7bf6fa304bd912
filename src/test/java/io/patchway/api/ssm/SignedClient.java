package io.patchway.api.ssm;

import io.patchway.access.KeyDesk.Issued;
import io.patchway.api.ssm.signature.AwsSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Calls the door over HTTP, signed by the SDK of AWS. */
final class SignedClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final AwsSigner signer;
    private final Clock clock;

    /** A call whose signature stays as it is. */
    record Signed(Map<String, List<String>> headers, String body) {}

    SignedClient(URI address, Issued key, Clock clock) {
        this.address = address;
        this.signer = new AwsSigner(key.key().id(), key.secret());
        this.clock = clock;
    }

    HttpResponse<String> call(String operation, String body) throws IOException, InterruptedException {
        return send(sign(operation, body));
    }

    Signed sign(String operation, String body) {
        return sign(operation, body, Map.of());
    }

    Signed sign(String operation, String body, Map<String, String> moreHeaders) {
        AwsSigner.Call call = AwsSigner.Call.to(address, body)
                .with("X-Amz-Target", "AmazonSSM." + operation)
                .with("Content-Type", "application/x-amz-json-1.1");
        for (Map.Entry<String, String> header : moreHeaders.entrySet()) {
            call = call.with(header.getKey(), header.getValue());
        }
        return new Signed(signer.signedHeaders(call, clock.instant()), body);
    }

    HttpResponse<String> send(Signed call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(call.body()));
        call.headers().forEach((name, values) -> {
            if (!name.equals("host") && !name.equals("content-length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> unsigned(String operation, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("X-Amz-Target", "AmazonSSM." + operation)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
    }
}
