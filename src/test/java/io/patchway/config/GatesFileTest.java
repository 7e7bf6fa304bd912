package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.config.document.Problem;
import io.patchway.rollout.HealthGate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatesFileTest {
    @TempDir
    Path folder;

    @Test
    void theShippedFileHasNoGates() {
        Loaded<List<HealthGate>> loaded = new GatesFile(Path.of("config/gates.yaml")).load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content()).isEmpty();
    }

    @Test
    void aGateIsAPageOrACommand() throws IOException {
        assertThat(load("""
            gates:
              - {name: shop-answers, url: "https://shop.example.com/health"}
              - {name: teapot, url: "http://127.0.0.1:8080/", status: 418, timeout: 5s}
              - {name: nginx-runs, command: [systemctl, is-active, nginx], timeout: 10s}
            """).content())
                .containsExactly(
                        new HealthGate.WebPage(
                                "shop-answers",
                                Duration.ofSeconds(30),
                                URI.create("https://shop.example.com/health"),
                                200),
                        new HealthGate.WebPage(
                                "teapot", Duration.ofSeconds(5), URI.create("http://127.0.0.1:8080/"), 418),
                        new HealthGate.Command(
                                "nginx-runs", Duration.ofSeconds(10), List.of("systemctl", "is-active", "nginx")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: a}",
                "{name: a, url: 'https://h/', command: [b]}",
                "{name: a, command: [b], status: 200}",
                "{name: a, command: []}",
                "{name: a, url: 'file:///etc/passwd'}",
                "{name: a, url: 'https://user:password@h/'}",
                "{name: a, url: '//h/'}",
                "{name: a, url: 'https://h/', timeout: 6m}",
                "{name: a, url: 'https://h/', status: 99}",
                "{url: 'https://h/'}",
                "{name: a, url: 'https://h/'}, {name: a, url: 'https://i/'}"
            })
    void aMistakeLeavesTheWholeFileOutAndNamesTheLine(String gate) throws IOException {
        Loaded<List<HealthGate>> loaded = load("gates: [" + gate + "]\n");

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.problems()).isNotEmpty().extracting(Problem::line).containsOnly(1);
    }

    @Test
    void withoutTheFileThereAreNoGates() {
        assertThat(new GatesFile(folder.resolve("gates.yaml")).load().problems())
                .isEmpty();
    }

    private Loaded<List<HealthGate>> load(String text) throws IOException {
        return new GatesFile(Files.writeString(folder.resolve("gates.yaml"), text)).load();
    }
}
