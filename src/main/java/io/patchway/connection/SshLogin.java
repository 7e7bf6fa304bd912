package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.server.ConnectionSettings.Ssh;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.nio.file.NoSuchFileException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Connects to servers and logs in. */
final class SshLogin {
    private static final AttributeKey<Attempt> ATTEMPT = new AttributeKey<>();

    private final SshClient client;
    private final Duration connectTimeout;
    private final PrivateKeys privateKeys = new PrivateKeys();
    private final FileCache<KnownHosts> knownHosts = new FileCache<>();

    SshLogin(SshClient client, Duration connectTimeout) {
        this.client = client;
        this.connectTimeout = connectTimeout;
        client.setServerKeyVerifier(SshLogin::verify);
        client.setUserInteraction(new Greetings());
        client.addSessionListener(new HostKeyPreference());
    }

    /**
     * An authenticated session.
     *
     * @param server how messages call the server
     * @throws ServerFault saying why there is none
     */
    ClientSession open(String server, Ssh settings, Deadline deadline) {
        Faults faults = new Faults(server, settings);
        KeyPair key = privateKeys.of(server, settings);
        Attempt attempt = new Attempt(new HostKeyCheck(server, settings, knownHosts(faults, settings)));
        ClientSession session = connect(settings, attempt, deadline, faults);
        session.addPublicKeyIdentity(key);
        try {
            Duration patience = deadline.atMost(connectTimeout);
            authenticate(session, attempt, patience, faults);
            return session;
        } catch (ServerFault | InterruptedIOException e) {
            session.close(true);
            throw e instanceof ServerFault fault ? fault : faults.noSession(e);
        }
    }

    void forgetKeys() {
        privateKeys.clear();
    }

    private KnownHosts knownHosts(Faults faults, Ssh settings) {
        try {
            return knownHosts.get(List.of(settings.knownHosts()), () -> KnownHosts.read(settings.knownHosts()));
        } catch (NoSuchFileException e) {
            // Where any key will do, nobody needs to have written one down; a file that is there may revoke one.
            if (settings.anyHostKey()) {
                return KnownHosts.none(settings.knownHosts());
            }
            throw faults.knownHostsUnreadable(e);
        } catch (IOException e) {
            throw faults.knownHostsUnreadable(e);
        }
    }

    private ClientSession connect(Ssh settings, Attempt attempt, Deadline deadline, Faults faults) {
        Duration patience = deadline.atMost(connectTimeout);
        AttributeRepository context = AttributeRepository.ofKeyValuePair(ATTEMPT, attempt);
        ConnectFuture connecting;
        try {
            connecting = client.connect(settings.user(), settings.host(), settings.port(), context, null);
        } catch (IOException | RuntimeException e) {
            throw faults.notConnected(e);
        }
        try {
            Await.<ConnectFuture>done(connecting::addListener, patience);
        } catch (TimeoutException | InterruptedIOException e) {
            connecting.cancel();
            throw e instanceof TimeoutException ? faults.noAnswer("connecting", patience) : faults.notConnected(e);
        }
        if (connecting.getException() != null) {
            throw faults.notConnected(connecting.getException());
        }
        return connecting.getClientSession();
    }

    private static void authenticate(ClientSession session, Attempt attempt, Duration patience, Faults faults)
            throws InterruptedIOException {
        Throwable reason;
        try {
            AuthFuture login = Await.<AuthFuture>done(session.auth()::addListener, patience);
            if (login.isSuccess()) {
                return;
            }
            reason = Optional.ofNullable(login.getException())
                    .orElseGet(() -> new IOException("no method of authentication is left"));
        } catch (TimeoutException e) {
            throw attempt.refusal.orElseGet(
                    () -> faults.noAnswer(attempt.hostAccepted ? "logging in" : "opening SSH", patience));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            reason = e;
        }
        if (attempt.refusal.isPresent()) {
            throw attempt.refusal.get();
        }
        throw attempt.hostAccepted ? faults.loginRefused(attempt.greeting, reason) : faults.noSession(reason);
    }

    private static boolean verify(ClientSession session, SocketAddress address, PublicKey shown) {
        Attempt attempt = attempt(session);
        attempt.refusal = attempt.hostKeys.refuse(shown);
        attempt.hostAccepted = attempt.refusal.isEmpty();
        return attempt.hostAccepted;
    }

    private static Attempt attempt(ClientSession session) {
        return session.getConnectionContext().getAttribute(ATTEMPT);
    }

    /** What the library's threads learn while one session comes up. */
    private static final class Attempt {
        private final HostKeyCheck hostKeys;
        private volatile Optional<ServerFault> refusal = Optional.empty();
        private volatile boolean hostAccepted;
        private volatile String greeting = "";

        Attempt(HostKeyCheck hostKeys) {
            this.hostKeys = hostKeys;
        }
    }

    /** Asks a host that has several keys for one that is known. */
    private static final class HostKeyPreference implements SessionListener {
        @Override
        public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
            if (session instanceof ClientSession client) {
                proposal.computeIfPresent(
                        KexProposalOption.SERVERKEYS,
                        (option, names) -> attempt(client).hostKeys.prefer(names));
            }
        }
    }

    /** Keeps what the host says before the login; nobody is there to answer questions. */
    private static final class Greetings implements org.apache.sshd.client.auth.keyboard.UserInteraction {
        private static final int LONGEST = 500;

        @Override
        public void welcome(ClientSession session, String banner, String language) {
            attempt(session).greeting = banner.substring(0, Math.min(banner.length(), LONGEST));
        }

        @Override
        public boolean isInteractionAllowed(ClientSession session) {
            return true;
        }

        @Override
        public String[] interactive(
                ClientSession session,
                String name,
                String instruction,
                String language,
                String[] prompt,
                boolean[] echo) {
            return new String[0];
        }

        @Override
        public String getUpdatedPassword(ClientSession session, String prompt, String language) {
            throw new UnsupportedOperationException("no passwords");
        }
    }
}
