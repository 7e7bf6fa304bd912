package io.patchway.rehearsal;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/** The door of a simulated host: a real SSH server on loopback that lets one key in. */
final class SimulatedSshServer implements AutoCloseable, HostPower {
    static final String LOOPBACK = "127.0.0.1";

    private final SimulatedHost host;
    private final ScheduledExecutorService clock;
    private final SshServer server = SshServer.setUpDefaultServer();

    private SimulatedSshServer(SimulatedHost host, ScheduledExecutorService clock) {
        this.host = host;
        this.clock = clock;
    }

    static SimulatedSshServer start(
            SimulatedHost host,
            KeyPair hostKey,
            PublicKey authorized,
            ScheduledExecutorService clock,
            ScriptJournal journal)
            throws IOException {
        SimulatedSshServer door = new SimulatedSshServer(host, clock);
        SshServer server = door.server;
        server.setHost(LOOPBACK);
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, authorized));
        server.setCommandFactory((channel, command) -> new SimulatedShell(host, door, journal));
        server.setSubsystemFactories(List.of());
        server.addSessionListener(door.new ClosedWhileDown());
        CoreModuleProperties.NIO_WORKERS.set(server, 2);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ofMinutes(1));
        server.start();
        return door;
    }

    int port() {
        return server.getPort();
    }

    String knownHostsLine(PublicKey hostKey) {
        return "[%s]:%d %s".formatted(LOOPBACK, port(), PublicKeyEntry.toString(hostKey));
    }

    @Override
    public void rebootSoon() {
        SimulatedHost.Pace pace = host.pace();
        later(pace.shutdown(), () -> {
            host.goDown();
            hangUp();
        });
        later(pace.shutdown().plus(pace.dark()), host::boot);
    }

    @Override
    public void shutDownSoon() {
        later(host.pace().shutdown(), () -> {
            host.shutDown();
            hangUp();
        });
    }

    private void hangUp() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    private void later(Duration delay, Runnable step) {
        var unused = clock.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The port stays bound while the host is down, so that nobody else gets it; whoever connects is cut off. */
    private final class ClosedWhileDown implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            if (!host.up()) {
                session.close(true);
            }
        }
    }
}
