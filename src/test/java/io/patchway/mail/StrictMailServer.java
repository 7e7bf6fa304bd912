package io.patchway.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server that refuses whom it is told to refuse, and may insist on STARTTLS and a sign-in. */
final class StrictMailServer implements AutoCloseable {
    /** A mail that was taken. */
    record Delivery(List<String> recipients, String head, boolean encrypted) {}

    private final Map<String, List<Integer>> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final SMTPServer server;

    StrictMailServer(Optional<SSLContext> tls, String password) {
        SMTPServer.Builder builder = new SMTPServer.Builder().port(0).messageHandlerFactory(Session::new);
        if (tls.isPresent()) {
            builder.startTlsSocketFactory(tls.get())
                    .requireTLS()
                    .requireAuth()
                    .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, given, context) -> {
                        if (!given.equals(password)) {
                            throw new LoginFailedException();
                        }
                    }));
        }
        server = builder.build();
        server.start();
    }

    /** Answers a recipient with these replies, one after the other, and then takes the mail. */
    void refuse(String recipient, Integer... replies) {
        refusals.put(recipient, new CopyOnWriteArrayList<>(replies));
    }

    int port() {
        return server.getPortAllocated();
    }

    List<String> asked() {
        return asked;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Session implements MessageHandler {
        private final List<String> recipients = new ArrayList<>();
        private final boolean encrypted;

        Session(MessageContext context) {
            encrypted = context instanceof org.subethamail.smtp.server.Session session && session.isTLSStarted();
        }

        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            asked.add(recipient);
            List<Integer> replies = refusals.getOrDefault(recipient, new ArrayList<>());
            if (!replies.isEmpty()) {
                throw new RejectException(replies.remove(0), "not now, " + recipient);
            }
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            String text = new String(data.readAllBytes(), StandardCharsets.UTF_8);
            deliveries.add(new Delivery(List.copyOf(recipients), text.split("\r?\n\r?\n", 2)[0], encrypted));
            return "taken";
        }

        @Override
        public void done() {}
    }
}
