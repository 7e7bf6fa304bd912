package io.patchway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.faults.Survives;
import io.patchway.mail.MailSettings.Smtp;
import io.patchway.mail.MailSettings.StartTls;
import io.patchway.run.RequestId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;

/** What mail servers do to us: encryption, sign-in, and refusals of all kinds. */
class MailServerTest extends MailRoutesSupport {
    private static final String STORE_PASSWORD = "changeit";

    @Test
    void mailsGoOverStartTlsWithASignIn() throws Exception {
        try (StrictMailServer server = new StrictMailServer(Optional.of(tls()), "tiger")) {
            start(Optional.of(signedIn(server.port(), "tiger")));
            patch("ops@example.org");

            await().atMost(PATIENCE).until(() -> server.deliveries().size() == 2);

            assertThat(server.deliveries())
                    .allSatisfy(delivery -> assertThat(delivery.encrypted()).isTrue());
        }
    }

    @Test
    void aWrongPasswordKeepsTheMailWaitingUntilItIsMended() throws Exception {
        try (StrictMailServer server = new StrictMailServer(Optional.of(tls()), "tiger")) {
            start(Optional.of(signedIn(server.port(), "lion")));
            NotifyBuilder tried = new NotifyBuilder(context())
                    .wereSentTo("smtp:*")
                    .whenDone(1)
                    .create();
            patch("ops@example.org");
            assertThat(tried.matches(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.deliveries()).isEmpty();

            Files.writeString(folder.resolve("password"), "tiger\n");

            await().atMost(PATIENCE).until(() -> server.deliveries().size() == 2);
        }
    }

    @Test
    void aServerThatDoesNotEncryptGetsNeitherMailNorPassword() throws Exception {
        try (StrictMailServer server = new StrictMailServer(Optional.empty(), "tiger")) {
            tls();
            start(Optional.of(signedIn(server.port(), "tiger")));
            NotifyBuilder tried = new NotifyBuilder(context())
                    .wereSentTo("smtp:*")
                    .whenDone(2)
                    .create();
            patch("ops@example.org");

            assertThat(tried.matches(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.asked()).isEmpty();
            assertThat(server.deliveries()).isEmpty();
        }
    }

    @Test
    @Survives(7)
    void whoWasRefusedForNowGetsTheMailLaterAndNobodyGetsItTwice() throws Exception {
        try (StrictMailServer server = new StrictMailServer(Optional.empty(), "")) {
            server.refuse("later@example.org", 450, 451);
            server.refuse("never@example.org", 550, 550, 550, 550, 550, 550);
            start(Optional.of(plain(server.port())));
            RequestId request = patch("ops@example.org", "later@example.org", "never@example.org");

            await().atMost(PATIENCE).until(() -> verdicts(server, request).size() == 1);

            assertThat(server.deliveries())
                    .extracting(StrictMailServer.Delivery::recipients)
                    .containsExactly(
                            List.of("ops@example.org"),
                            List.of("later@example.org"),
                            List.of("ops@example.org", "later@example.org"));
            assertThat(server.asked())
                    .as("a refusal for good is asked for once for each mail")
                    .filteredOn("never@example.org"::equals)
                    .hasSize(2);
            assertThat(server.deliveries().get(1).head())
                    .contains("<" + request + ".requested@example.org>")
                    .contains("ops@example.org", "never@example.org");
        }
    }

    @Test
    @Survives(7)
    void aMailThatEverybodyRefusesForGoodIsGivenUpAndTheVerdictIsStillTried() throws Exception {
        try (StrictMailServer server = new StrictMailServer(Optional.empty(), "")) {
            server.refuse("gone@example.org", 550);
            start(Optional.of(plain(server.port())));
            RequestId request = patch("gone@example.org");

            await().atMost(PATIENCE).until(() -> verdicts(server, request).size() == 1);

            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() ->
                            server.asked().size() == 2 && server.deliveries().size() == 1);
        }
    }

    @Test
    @Survives(8)
    void aLineThatIsCutAfterTheDataRepeatsTheMailUnderItsMessageIdAndNeverSwapsTheTwo() throws Exception {
        try (DroppingMailServer server = new DroppingMailServer(mail -> mail % 2 == 0)) {
            start(Optional.of(plain(server.port())));
            RequestId request = patch("ops@example.org");

            await().atMost(PATIENCE).until(() -> server.messageIds().size() == 4);

            String requested = "<" + request + ".requested@example.org>";
            String verdict = "<" + request + ".verdict@example.org>";
            assertThat(server.messageIds()).containsExactly(requested, requested, verdict, verdict);
        }
    }

    @Test
    @Survives(25)
    void aRecipientThatSmugglesAHeaderIsLeftOut() throws Exception {
        try (StrictMailServer server = new StrictMailServer(Optional.empty(), "")) {
            start(Optional.of(plain(server.port())));
            patch("ops@example.org", "x@example.org\r\nBcc: spy@example.net");

            await().atMost(PATIENCE).until(() -> server.deliveries().size() == 2);

            assertThat(server.asked()).containsOnly("ops@example.org");
            assertThat(server.deliveries())
                    .allSatisfy(delivery -> assertThat(delivery.head()).doesNotContain("spy"));
        }
    }

    private static List<StrictMailServer.Delivery> verdicts(StrictMailServer server, RequestId request) {
        return server.deliveries().stream()
                .filter(delivery -> delivery.head().contains("Message-ID: <" + request + ".verdict@example.org>"))
                .toList();
    }

    private Smtp signedIn(int port, String password) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        return new Smtp(
                "localhost",
                port,
                StartTls.REQUIRED,
                Optional.of("patchway"),
                Optional.of(file),
                Optional.of(folder.resolve("authority.pem")));
    }

    private static Smtp plain(int port) {
        return new Smtp("localhost", port, StartTls.OFF, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A certificate for {@code localhost} that nobody trusts, and beside it the file that lets us trust it. */
    private SSLContext tls() throws Exception {
        Path store = folder.resolve("server.p12");
        keytool(
                "-genkeypair -keyalg EC -alias server -dname CN=localhost -ext san=dns:localhost -storetype PKCS12",
                store);
        keytool("-exportcert -rfc -alias server -file " + folder.resolve("authority.pem"), store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String arguments, Path store) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
