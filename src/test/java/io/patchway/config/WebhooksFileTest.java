package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.config.document.Problem;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksFileTest {
    @TempDir
    Path folder;

    @Test
    void theFileThatShipsNamesNobody() {
        Loaded<List<Webhook>> loaded = new WebhooksFile(Path.of("config/webhooks.yaml")).load();

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.problems()).isEmpty();
    }

    @Test
    void aWebhookIsReadWithAllItsFields() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "tiger\n");
        Loaded<List<Webhook>> loaded = load("""
            webhooks:
              - name: chat
                url: https://hooks.example.com:8443/a/b?key=1
                events: [requested, verdict]
                secretFile: %s
            """.formatted(secret));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content())
                .containsExactly(new Webhook(
                        "chat",
                        URI.create("https://hooks.example.com:8443/a/b?key=1"),
                        Set.of(Kind.REQUESTED, Kind.VERDICT),
                        Optional.of(secret)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://hooks.example.com/      | must be an address such as",
                "https://user:pw@example.com/  | must be an address such as",
                "'https://example.com/#part'   | must be an address such as",
                "file:/etc/passwd              | must be an address such as",
                "mailto:ops@example.com        | must be an address such as",
                "'https://example.com/{{x}}'   | Illegal character",
            })
    void anAddressThatIsNoneIsRefused(String url, String problem) throws IOException {
        Loaded<List<Webhook>> loaded = load("webhooks:\n  - {name: chat, url: '" + url + "', events: [verdict]}\n");

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.problems()).singleElement().satisfies(found -> {
            assertThat(found.field()).isEqualTo("webhooks[0].url");
            assertThat(found.message()).contains(problem);
        });
    }

    @Test
    void everyMistakeIsNamedAtOnce() throws IOException {
        Loaded<List<Webhook>> loaded = load("""
            webhooks:
              - {name: chat, url: 'http://a.example', events: [verdict]}
              - {name: chat, url: 'http://b.example', events: [later], secretFile: /nowhere}
            """);

        assertThat(loaded.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("webhooks[1].name", "webhooks[1].events[0]", "webhooks[1].secretFile");
    }

    private Loaded<List<Webhook>> load(String yaml) throws IOException {
        return new WebhooksFile(Files.writeString(folder.resolve("webhooks.yaml"), yaml)).load();
    }
}
