package io.patchway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.patchway.faults.Survives;
import io.patchway.mail.MailSettings.Smtp;
import io.patchway.mail.MailSettings.StartTls;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.MailOutbox.PendingMail;
import io.patchway.run.RequestId;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mail routes as they ship, from the outbox in a real database to a mail server or a folder. */
class MailRouteTest extends MailRoutesSupport {
    private GreenMail greenMail;
    private int port;

    @AfterEach
    void stopGreenMail() {
        if (greenMail != null) {
            greenMail.stop();
        }
    }

    @Test
    @Survives(7)
    void mailsWaitForTheirServerAndArriveOnceEachInOrder() throws Exception {
        port = freePort();
        start(Optional.of(plain(port)));
        NotifyBuilder triedTwice =
                new NotifyBuilder(context()).wereSentTo("smtp:*").whenDone(2).create();
        RequestId request = patch("ops@example.org", "dev@example.org");
        assertThat(triedTwice.matches(30, TimeUnit.SECONDS)).isTrue();

        startGreenMail();
        await().atMost(PATIENCE).until(() -> greenMail.getReceivedMessages().length == 4);

        List<MimeMessage> toOps = inboxOf("ops@example.org");
        assertThat(toOps).hasSize(2);
        assertThat(inboxOf("dev@example.org")).hasSize(2);
        MimeMessage requested = toOps.get(0);
        MimeMessage verdict = toOps.get(1);
        assertThat(requested.getSubject()).startsWith("Patchway: install requested for web-01 (");
        assertThat(verdict.getSubject()).startsWith("Patchway: install succeeded on web-01 (");
        assertThat(requested.getMessageID()).isEqualTo("<" + request + ".requested@example.org>");
        assertThat(verdict.getMessageID()).isEqualTo("<" + request + ".verdict@example.org>");
        assertThat(verdict.getHeader("In-Reply-To")).containsExactly(requested.getMessageID());
        assertThat(verdict.getHeader("References")).containsExactly(requested.getMessageID());
        assertThat(requested.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(requested.getSentDate()).isEqualTo(SampleReports.START);
        assertThat(requested.getHeader("To")).containsExactly("ops@example.org, dev@example.org");
        assertThat(parts(verdict)).containsExactly("text/plain", "text/html");
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> greenMail.getReceivedMessages().length == 4);
    }

    @Test
    @Survives(26)
    void headersThatComeAlongNeitherRedirectAMailNorReachIt() throws Exception {
        port = freePort();
        startGreenMail();
        start(Optional.of(plain(port)));
        RequestId request = patch("ops@example.org");
        await().atMost(PATIENCE).until(() -> greenMail.getReceivedMessages().length == 2);
        PendingMail again = new PendingMail(
                "00000000-0000-0000-0000-000000000000",
                request,
                Kind.REQUESTED,
                "<again@example.org>",
                Optional.empty(),
                Set.of(),
                0,
                SampleReports.START);

        template()
                .sendBodyAndHeaders(
                        "direct:send-mail",
                        again,
                        Map.of(
                                "to",
                                "spy@example.net",
                                "Bcc",
                                "spy@example.net",
                                "subject",
                                "forged",
                                "mail.smtp.host",
                                "198.51.100.1",
                                "X-Forged",
                                "yes"));

        await().atMost(PATIENCE).until(() -> greenMail.getReceivedMessages().length == 3);
        MimeMessage last = greenMail.getReceivedMessages()[2];
        assertThat(last.getHeader("To")).containsExactly("ops@example.org");
        assertThat(last.getHeader("X-Forged")).isNull();
        assertThat(last.getSubject()).startsWith("Patchway:");
        assertThat(last.getMessageID()).isEqualTo("<again@example.org>");
    }

    @Test
    void withoutAMailServerBothMailsBecomeFiles() throws Exception {
        start(Optional.empty());
        patch("ops@example.org");

        await().atMost(PATIENCE).until(() -> mailFiles().size() == 2);

        assertFiles("ops@example.org");
    }

    @Test
    void mailsForNobodyBecomeFilesEvenWithAMailServer() throws Exception {
        port = freePort();
        startGreenMail();
        start(Optional.of(plain(port)));
        patch();

        await().atMost(PATIENCE).until(() -> mailFiles().size() == 2);

        assertFiles("undisclosed-recipients:;");
        assertThat(greenMail.getReceivedMessages()).isEmpty();
    }

    private List<MimeMessage> inboxOf(String address) throws Exception {
        GreenMailUser user = greenMail.getUserManager().getUserByEmail(address);
        return greenMail.getManagers().getImapHostManager().getInbox(user).getMessages().stream()
                .map(StoredMessage::getMimeMessage)
                .toList();
    }

    private List<Path> mailFiles() throws IOException {
        Path outbox = folder.resolve("outbox");
        if (!Files.isDirectory(outbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> parts(MimeMessage message) throws Exception {
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        MimeMultipart bodies = (MimeMultipart) message.getContent();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < bodies.getCount(); i++) {
            types.add(new ContentType(bodies.getBodyPart(i).getContentType()).getBaseType());
        }
        return types;
    }

    private void assertFiles(String to) throws Exception {
        List<Path> files = mailFiles();
        assertThat(files.get(0).getFileName().toString()).matches("20261122-020000-[0-9a-f]{8}-requested\\.eml");
        assertThat(files.get(1).getFileName().toString()).matches("20261122-020000-[0-9a-f]{8}-verdict\\.eml");
        for (Path file : files) {
            try (InputStream input = Files.newInputStream(file)) {
                MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), input);
                assertThat(message.getHeader("To")).containsExactly(to);
                assertThat(message.getMessageID()).endsWith("@example.org>");
                assertThat(parts(message)).containsExactly("text/plain", "text/html");
                MimeMultipart bodies = (MimeMultipart) message.getContent();
                assertThat(bodies.getBodyPart(0).getContent()).asString().contains("web-01", "Jürgen Müller");
                assertThat(bodies.getBodyPart(1).getContent()).asString().contains("<html", "Jürgen Müller");
            }
        }
    }

    private void startGreenMail() {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(30_000);
        greenMail = new GreenMail(setup);
        greenMail.start();
    }

    private static Smtp plain(int port) {
        return new Smtp("127.0.0.1", port, StartTls.OFF, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
