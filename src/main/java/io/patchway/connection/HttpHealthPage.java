package io.patchway.connection;

import io.patchway.rollout.HealthGate;
import io.patchway.run.HealthPage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** Asks a health page over HTTP. Redirects are not followed: the page itself must answer. */
public final class HttpHealthPage implements HealthPage, AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @Override
    public Optional<String> ask(HealthGate.WebPage gate) {
        HttpRequest request =
                HttpRequest.newBuilder(gate.url()).timeout(gate.timeout()).GET().build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status == gate.status()
                    ? Optional.empty()
                    : Optional.of("%s answers %d instead of %d".formatted(gate.url(), status, gate.status()));
        } catch (IOException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            return Optional.of("%s does not answer: %s".formatted(gate.url(), why));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("%s: interrupted while it was asked".formatted(gate.url()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
