package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.mail.DroppingMailServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands around Patchway goes away, or Patchway itself at the worst moment. */
class OutagesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aRestartOfTheDatabaseStopsReadinessAloneAndLosesNothing(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        EmbeddedPostgres server = postgres(data, FreePort.find());
        int port = server.getPort();
        Map<String, String> settings = Map.of(
                "PATCHWAY_DATABASE_URL", server.getJdbcUrl("postgres", "postgres"), "PATCHWAY_REHEARSAL", "true");
        try (PatchwayProcess patchway =
                new PatchwayProcess(Files.createDirectory(folder.resolve("patchway")), settings).start()) {
            URI health = address(patchway, "health");
            await().atMost(PATIENCE).until(() -> status(health) == 200);
            await().atMost(PATIENCE).until(() -> patchway.output().contains(" INSTALLING "));

            server.close();

            await().atMost(PATIENCE).until(() -> status(health) == 503);
            assertThat(status(health.resolve("live"))).isEqualTo(200);

            server = postgres(data, port);
            await().atMost(PATIENCE).until(() -> status(health) == 200);
            await().atMost(PATIENCE)
                    .until(() -> patchway.list("var/outbox").stream()
                                    .filter(file -> file.toString().endsWith("verdict.eml"))
                                    .count()
                            == 2);
            assertThat(patchway.list("var/outbox"))
                    .as("two mails for each of two requests")
                    .hasSize(4);
        } finally {
            server.close();
        }
    }

    @Test
    void aKillBetweenTheDataAndTheNoteRepeatsTheMailUnderItsMessageId(@TempDir Path folder) throws Exception {
        AtomicReference<PatchwayProcess> running = new AtomicReference<>();
        try (DroppingMailServer server = new DroppingMailServer(mail -> {
            if (mail == 1) {
                running.get().kill();
            }
            return true;
        })) {
            Map<String, String> settings = Map.of(
                    "PATCHWAY_REHEARSAL", "false",
                    "PATCHWAY_MAIL_SMTP_HOST", "localhost",
                    "PATCHWAY_MAIL_SMTP_PORT", String.valueOf(server.port()),
                    "PATCHWAY_MAIL_SMTP_STARTTLS", "off");
            try (PatchwayProcess patchway = new PatchwayProcess(folder, settings)) {
                running.set(patchway);
                patchway.start();
                patchway.drop(
                        "scan.json",
                        "{\"operation\":\"scan\",\"servers\":[\"localhost\"],\"notify\":[\"ops@example.com\"]}");
                await().atMost(PATIENCE).until(() -> !patchway.isAlive());

                patchway.start();

                await().atMost(PATIENCE).until(() -> server.messageIds().size() == 3);
                assertThat(server.messageIds().get(0)).contains(".requested@");
                assertThat(server.messageIds().get(1))
                        .isEqualTo(server.messageIds().get(0));
                assertThat(server.messageIds().get(2)).contains(".verdict@");
            }
        }
    }

    private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    /** The address that Patchway printed under this name. */
    private static URI address(PatchwayProcess patchway, String name) {
        Pattern line = Pattern.compile("  " + name + " +(http\\S+)");
        Matcher found = await().atMost(PATIENCE).until(() -> line.matcher(patchway.sinceStart()), Matcher::find);
        return URI.create(found.group(1));
    }

    private int status(URI uri) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofMinutes(1))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
