package io.patchway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.faults.Survives;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host says instead of running a script, from an SSH server that says it. */
class RefusedLoginTest {
    @TempDir
    Path directory;

    private final SshServer host = SshServer.setUpDefaultServer();
    private final SshConnection connection = new SshConnection();
    private KeyPair hostKey;

    @BeforeEach
    void prepare() throws Exception {
        hostKey = KeyUtils.generateKeyPair("ssh-ed25519", 256);
        host.setHost("127.0.0.1");
        host.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        host.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
        try (var output = Files.newOutputStream(directory.resolve("key"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(hostKey, "key", null, output);
        }
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        host.close();
    }

    @Test
    void sudoThatWantsAPasswordIsNotPermitted() throws IOException {
        hostThatSays("sudo: a password is required\n", 1);

        assertFault(true, Kind.NOT_PERMITTED, "deploy", "a password is required", "NOPASSWD");
    }

    @Test
    void sudoThatDoesNotKnowTheAccountIsNotPermitted() throws IOException {
        hostThatSays("deploy is not in the sudoers file.\n", 1);

        assertFault(true, Kind.NOT_PERMITTED, "sudoers");
    }

    @Test
    void aHostWithoutSudoIsNotPermitted() throws IOException {
        hostThatSays("sh: 1: sudo: not found\n", 127);

        assertFault(true, Kind.NOT_PERMITTED, "sudo is not installed");
    }

    @Test
    @Survives(21)
    void aHostThatBootsRefusesTheLogin() throws IOException {
        hostThatSays("System is booting up. Unprivileged users are not permitted to log in yet.\n", 254);

        assertFault(false, Kind.LOGIN_REFUSED, "System is booting up");
    }

    @Test
    void aLoginThatIsRefusedTellsWhatTheHostSaidBefore() throws IOException {
        host.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
        CoreModuleProperties.WELCOME_BANNER.set(host, "System is booting up.\n");
        hostThatSays("", 0);

        assertFault(false, Kind.LOGIN_REFUSED, "System is booting up", "authorized_keys");
    }

    @Test
    void theSameWordsFromAScriptThatRanAreItsOwn() throws IOException {
        hostThatSays("sudo: a password is required\n", 1);

        ScriptOutput output = run(false);

        assertThat(output.exitCode()).hasValue(1);
        assertThat(output.stderr()).contains("a password is required");
    }

    @Test
    void aScanThatTakesAnyKeyNeedsNoFileOfThem() throws IOException {
        hostThatSays("", 0);
        Files.delete(directory.resolve("known_hosts"));

        Files.createDirectory(directory.resolve("known_hosts"));
        assertThatThrownBy(() -> run(settings().withAnyHostKey(), false))
                .isInstanceOf(ServerFault.class)
                .hasMessageContaining("known_hosts");
        Files.delete(directory.resolve("known_hosts"));

        assertThat(run(settings().withAnyHostKey(), false).exitCode()).hasValue(0);
        assertThatThrownBy(() -> run(false)).isInstanceOf(ServerFault.class).hasMessageContaining("known_hosts");
    }

    private void hostThatSays(String words, int status) throws IOException {
        host.setCommandFactory((channel, command) -> new AbstractCommandSupport(command, null) {
            @Override
            public void run() {
                try {
                    getErrorStream().write(words.getBytes(StandardCharsets.UTF_8));
                    getErrorStream().flush();
                    onExit(status);
                } catch (IOException e) {
                    onExit(255);
                }
            }
        });
        host.start();
        Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.1]:" + host.getPort() + " " + PublicKeyEntry.toString(hostKey.getPublic()));
    }

    private void assertFault(boolean needsRoot, Kind kind, String... words) {
        assertThatThrownBy(() -> run(needsRoot)).isInstanceOfSatisfying(ServerFault.class, fault -> {
            assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(kind);
            assertThat(fault.getMessage()).contains(words).contains("web01", "127.0.0.1:" + host.getPort());
        });
    }

    private Ssh settings() {
        return new Ssh(
                "127.0.0.1",
                host.getPort(),
                "deploy",
                directory.resolve("key"),
                Optional.empty(),
                directory.resolve("known_hosts"));
    }

    private ScriptOutput run(boolean needsRoot) {
        return run(settings(), needsRoot);
    }

    private ScriptOutput run(Ssh settings, boolean needsRoot) {
        Server server =
                new Server(new ServerId("web01"), "web01", Set.of(), Map.of(), Optional.empty(), false, settings);
        return connection.run(server, new Script("probe", "true", needsRoot), List.of(), Duration.ofSeconds(20));
    }
}
