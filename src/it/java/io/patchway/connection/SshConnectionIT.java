package io.patchway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchway.faults.Survives;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real OpenSSH server. It has the machine to itself, because some of its deadlines are short. */
@Isolated
class SshConnectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private OpenSshServer host;
    private SshConnection connection;

    @BeforeEach
    void start() throws Exception {
        host = OpenSshServer.start(directory);
        connection = new SshConnection();
    }

    @AfterEach
    void stop() {
        if (connection != null) {
            connection.close();
            host.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void everyTypeOfKeyLogsIn(String type) throws Exception {
        Server server = host.as(host.authorizedKey("login", type, ""));

        assertThat(run(server, "echo $((6 * 7))").stdout()).isEqualTo("42\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void anEncryptedKeyIsOpenedWithThePassphraseInItsFile(String type) throws Exception {
        Path key = host.authorizedKey("login", type, "correct horse");
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "correct horse\n");

        Server server = host.as(key, Optional.of(passphrase), host.knownHosts());

        assertThat(run(server, "echo in").stdout()).isEqualTo("in\n");
    }

    @Test
    void aWrongPassphraseIsAFaultOfTheConfiguration() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "correct horse");
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "wrong\n");

        Server server = host.as(key, Optional.of(passphrase), host.knownHosts());

        assertFault(() -> run(server, "true"), Kind.CONFIGURATION, key.toString(), passphrase.toString(), "web01");
    }

    @Test
    void anEncryptedKeyWithoutPassphraseIsAFaultOfTheConfiguration() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "correct horse");

        Server server = host.as(key);

        assertFault(() -> run(server, "true"), Kind.CONFIGURATION, key.toString(), "encrypted");
    }

    @Test
    void aMissingKeyFileIsAFaultOfTheConfiguration() throws Exception {
        Server server = host.as(directory.resolve("nowhere"));

        assertFault(() -> run(server, "true"), Kind.CONFIGURATION, "nowhere", "missing");
    }

    @Test
    void aMissingKnownHostsFileIsAFaultOfTheConfiguration() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "");

        Server server = host.as(key, Optional.empty(), directory.resolve("no_known_hosts"));

        assertFault(() -> run(server, "true"), Kind.CONFIGURATION, "no_known_hosts");
    }

    @Test
    void aKeyThatIsNotAuthorizedIsRefused() throws Exception {
        Server server = host.as(host.generateKey("stranger", "ed25519", ""));

        assertFault(() -> run(server, "true"), Kind.LOGIN_REFUSED, "web01", "127.0.0.1:" + host.port(), "stranger");
    }

    @Test
    void anUnknownHostKeyIsRefusedAndNotWrittenDown() throws Exception {
        Path knownHosts = Files.writeString(directory.resolve("known_hosts_empty"), "");
        Path key = host.authorizedKey("login", "ed25519", "");

        Server server = host.as(key, Optional.empty(), knownHosts);

        assertFault(() -> run(server, "true"), Kind.HOST_KEY_UNKNOWN, "SHA256:", knownHosts.toString());
        assertThat(knownHosts).isEmptyFile();
    }

    @Test
    @Survives(20)
    void aChangedHostKeyIsRefusedWithBothFingerprintsAndTheLine() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "");
        Path other = host.generateKey("other_host", "ed25519", "");
        Path knownHosts = Files.writeString(
                directory.resolve("known_hosts_old"),
                "# hosts\n[127.0.0.1]:" + host.port() + " " + Files.readString(Path.of(other + ".pub")));

        Server server = host.as(key, Optional.empty(), knownHosts);

        assertFault(
                () -> run(server, "true"),
                Kind.HOST_KEY_CHANGED,
                fingerprint(other),
                fingerprint(directory.resolve("host_ed25519")),
                knownHosts + " line 2");
    }

    @Test
    void aHashedEntryOfKnownHostsCounts() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "");
        Path knownHosts = host.knownHosts();
        OpenSshServer.execute("ssh-keygen", "-q", "-H", "-f", knownHosts.toString());
        assertThat(knownHosts).content().startsWith("|1|");

        Server server = host.as(key, Optional.empty(), knownHosts);

        assertThat(run(server, "echo in").stdout()).isEqualTo("in\n");
    }

    @Test
    void aHostWithSeveralKeysIsAskedForTheOneThatIsKnown() throws Exception {
        host.close();
        host.generateKey("host_rsa", "rsa", "");
        Files.writeString(
                directory.resolve("sshd_config"),
                Files.readString(directory.resolve("sshd_config")) + "HostKey " + directory.resolve("host_rsa") + "\n");
        host.listen();
        Path knownHosts = Files.writeString(
                directory.resolve("known_hosts_rsa"),
                "[127.0.0.1]:" + host.port() + " " + Files.readString(directory.resolve("host_rsa.pub")));

        Server server = host.as(host.authorizedKey("login", "ed25519", ""), Optional.empty(), knownHosts);

        assertThat(run(server, "echo in").stdout()).isEqualTo("in\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; touch /tmp/pwned",
                "$(id)",
                "`id`",
                "two\nlines\n",
                "-rf",
                "--",
                "it's \"quoted\" \\ and 'again'",
                "\\'; id #",
                "*",
                "${HOME}",
                "a\tb\r",
                "",
                "ünïcode \u202e 名前 🦊",
                "} </dev/null\nid",
                "!!"
            })
    void aHostileArgumentArrivesAsDataByteForByte(String argument) throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        ScriptOutput output = connection.run(
                server, script("printf '%s|' \"$#\" \"$1\" \"$2\""), List.of(argument, "after"), PATIENCE);

        assertThat(output.stdout()).isEqualTo("2|" + argument + "|after|");
        assertThat(output.stderr()).isEmpty();
    }

    @Test
    void argumentsMayBeLongerThanACommandLine() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        ScriptOutput output =
                connection.run(server, script("printf %s \"$1\" | wc -c"), List.of("x".repeat(1 << 20)), PATIENCE);

        assertThat(output.stdout().strip()).isEqualTo(String.valueOf(1 << 20));
    }

    @Test
    void commandsOfAScriptCannotSwallowTheRestOfIt() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        assertThat(run(server, "cat\necho after").stdout()).isEqualTo("after\n");
    }

    @Test
    void exitCodeAndBothStreamsComeBack() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        ScriptOutput output = run(server, "echo out; echo err >&2; exit 100");

        assertThat(output.exitCode()).hasValue(100);
        assertThat(output.stdout()).isEqualTo("out\n");
        assertThat(output.stderr()).isEqualTo("err\n");
        assertThat(output.truncated()).isFalse();
    }

    @Test
    void aShellThatIsKilledHasNoExitCode() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        assertThat(run(server, "kill -KILL $$").exitCode()).isEmpty();
    }

    @Test
    @Survives(22)
    void aSessionThatIsKilledHasNoExitCode() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        CompletableFuture<ScriptOutput> running = CompletableFuture.supplyAsync(() -> run(server, "sleep 30"));
        await().until(() -> !host.sessions().isEmpty()
                && host.sessions().getFirst().descendants().count() > 1);
        host.sessions().forEach(ProcessHandle::destroyForcibly);

        assertThat(running.join().exitCode()).isEmpty();
    }

    @Test
    void afterADeadlineTheNextScriptWorks() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));
        run(server, "true");

        assertFault(
                () -> connection.run(server, script("sleep 20"), List.of(), Duration.ofSeconds(1)),
                Kind.UNREACHABLE,
                "did not end within 1 s");
        assertThat(run(server, "echo next").stdout()).isEqualTo("next\n");
        assertThat(connection.idleCount()).isEqualTo(1);
    }

    @Test
    @Survives(23)
    void aFloodOfOutputIsCutAndTheExitCodeKept() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        ScriptOutput output = connection.run(
                server,
                script("head -c 1073741824 /dev/zero; head -c 1048576 /dev/zero >&2; exit 3"),
                List.of(),
                Duration.ofMinutes(2));

        assertThat(output.exitCode()).hasValue(3);
        assertThat(output.truncated()).isTrue();
        assertThat(output.stdout()).hasSize(ConnectionLimits.DEFAULT.stdoutBytes());
        assertThat(output.stderr()).hasSize(ConnectionLimits.DEFAULT.stderrBytes());
    }

    @Test
    void scriptsOneAfterTheOtherShareALogin() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));

        String first = run(server, "echo $PPID").stdout();

        assertThat(run(server, "echo $PPID").stdout()).isEqualTo(first);
        assertThat(connection.idleCount()).isEqualTo(1);
    }

    @Test
    void anIdleSessionIsClosed() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));
        ConnectionLimits shortIdleTime = new ConnectionLimits(PATIENCE, Duration.ofMillis(200), 10, 1000, 1000);

        try (SshConnection impatient = new SshConnection(shortIdleTime)) {
            impatient.run(server, script("true"), List.of(), PATIENCE);

            await().until(() -> impatient.idleCount() == 0 && host.sessions().isEmpty());
        }
    }

    @Test
    void aHostThatWentDownIsUnreachableAtOnceAndFoundAgainWhenItIsBack() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));
        run(server, "true");

        host.close();

        assertFault(() -> run(server, "true"), Kind.UNREACHABLE, "web01", "127.0.0.1:" + host.port(), "refused");
        host.listen();
        assertThat(run(server, "echo back").stdout()).isEqualTo("back\n");
    }

    @Test
    void aKeptSessionToAHostThatFellSilentIsGivenUpAndMadeAnew() throws Exception {
        Server server = host.as(host.authorizedKey("login", "ed25519", ""));
        run(server, "true");
        for (ProcessHandle session : host.sessions()) {
            OpenSshServer.execute("kill", "-STOP", String.valueOf(session.pid()));
        }

        assertThat(run(server, "echo anew").stdout()).isEqualTo("anew\n");
    }

    @Test
    void aPortThatDoesNotSpeakSshIsUnreachableWithinTheConnectTimeout() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "");
        ConnectionLimits limits = new ConnectionLimits(Duration.ofMillis(500), PATIENCE, 10, 1000, 1000);

        try (var silent = new java.net.ServerSocket(0);
                SshConnection impatient = new SshConnection(limits)) {
            Server server = OpenSshServer.server(
                    new Ssh("127.0.0.1", silent.getLocalPort(), "root", key, Optional.empty(), host.knownHosts()));

            assertFault(
                    () -> impatient.run(server, script("true"), List.of(), PATIENCE),
                    Kind.UNREACHABLE,
                    "no answer within 500 ms");
        }
    }

    @Test
    void aNameThatDoesNotResolveIsUnreachable() throws Exception {
        Path key = host.authorizedKey("login", "ed25519", "");
        Server server = OpenSshServer.server(
                new Ssh("no-such-host.invalid", 22, "root", key, Optional.empty(), host.knownHosts()));

        assertFault(() -> run(server, "true"), Kind.UNREACHABLE, "no-such-host.invalid:22", "cannot be resolved");
    }

    private ScriptOutput run(Server server, String text) {
        return connection.run(server, script(text), List.of(), PATIENCE);
    }

    private static Script script(String text) {
        return new Script("probe", text, false);
    }

    private static String fingerprint(Path key) throws Exception {
        return OpenSshServer.execute("ssh-keygen", "-l", "-f", key + ".pub").split(" ")[1];
    }

    private static void assertFault(ThrowingCallable call, Kind kind, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServerFault.class, fault -> {
            assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(kind);
            assertThat(fault.getMessage()).contains(words);
        });
    }
}
