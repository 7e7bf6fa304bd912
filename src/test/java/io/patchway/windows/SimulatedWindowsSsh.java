package io.patchway.windows;

import io.patchway.server.ConnectionSettings;
import io.patchway.server.ConnectionSettings.RemoteShell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;

/** The OpenSSH server of a simulated Windows server: a real SSH server that takes what is meant for PowerShell. */
final class SimulatedWindowsSsh implements AutoCloseable {
    private static final int LONGEST_FEED = 1 << 20;

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Set<String> commands = new ConcurrentSkipListSet<>();
    private final ConnectionSettings settings;

    SimulatedWindowsSsh(SimulatedWindows windows, Path folder) throws IOException, GeneralSecurityException {
        KeyPair hostKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        KeyPair login = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        Path privateKey = folder.resolve("login");
        try (OutputStream output = Files.newOutputStream(privateKey)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(login, "login", null, output);
        }
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, login.getPublic()));
        server.setCommandFactory((channel, command) -> new PowerShell(command, windows));
        server.start();
        Path knownHosts = Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:%d %s%n".formatted(server.getPort(), PublicKeyEntry.toString(hostKey.getPublic())));
        settings = new ConnectionSettings.Ssh(
                "127.0.0.1",
                server.getPort(),
                "Administrator",
                privateKey,
                Optional.empty(),
                knownHosts,
                RemoteShell.POWERSHELL);
    }

    ConnectionSettings settings() {
        return settings;
    }

    /** Every different command line that came in. */
    Set<String> commands() {
        return Set.copyOf(commands);
    }

    @Override
    public void close() throws IOException {
        server.close(true);
    }

    private final class PowerShell extends AbstractCommandSupport {
        private final SimulatedWindows windows;

        PowerShell(String command, SimulatedWindows windows) {
            super(command, (CloseableExecutorService) null);
            this.windows = windows;
        }

        @Override
        public void start(ChannelSession channel, Environment env) throws IOException {
            commands.add(getCommand());
            super.start(channel, env);
        }

        @Override
        public void run() {
            try (InputStream input = getInputStream()) {
                if (windows.takeAbsence()) {
                    getSession().close(true);
                    return;
                }
                List<String> lines = new String(input.readNBytes(LONGEST_FEED), StandardCharsets.US_ASCII)
                        .lines()
                        .toList();
                String answer = windows.answer(ReceivedFeed.parse(lines));
                getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                getOutputStream().flush();
                onExit(0);
            } catch (IOException | RuntimeException e) {
                onExit(126, e.getMessage());
            }
        }
    }
}
