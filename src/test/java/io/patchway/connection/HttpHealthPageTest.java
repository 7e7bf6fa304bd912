package io.patchway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchway.rollout.HealthGate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpHealthPageTest {
    private final HttpHealthPage page = new HttpHealthPage();
    private HttpServer server;
    private URI url;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            exchange.getResponseHeaders().add("Location", "/200");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        page.close();
    }

    @Test
    void aPageThatAnswersAsWantedIsWell() {
        assertThat(ask("/200", 200)).isEmpty();
        assertThat(ask("/418", 418)).isEmpty();
    }

    @Test
    void anyOtherAnswerIsToldAndARedirectIsNotFollowed() {
        assertThat(ask("/503", 200)).contains(url + "/503 answers 503 instead of 200");
        assertThat(ask("/302", 200)).contains(url + "/302 answers 302 instead of 200");
    }

    @Test
    void aPageThatDoesNotAnswerIsNotWell() {
        server.stop(0);

        assertThat(ask("/200", 200))
                .hasValueSatisfying(why -> assertThat(why).startsWith(url + "/200 does not answer: "));
    }

    private Optional<String> ask(String path, int status) {
        return page.ask(new HealthGate.WebPage("gate", Duration.ofSeconds(5), url.resolve(path), status));
    }
}
