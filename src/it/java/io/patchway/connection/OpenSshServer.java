package io.patchway.connection;

import static org.awaitility.Awaitility.await;

import io.patchway.hosts.Needed;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A real OpenSSH server on loopback, with its own host keys, that lets the current account in with keys. */
public final class OpenSshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path directory;
    private final int port;
    private Process process;

    private OpenSshServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts one on 127.0.0.1, or says that the test is skipped because this machine has none. */
    static OpenSshServer start(Path directory) throws Exception {
        return start(directory, "127.0.0.1");
    }

    /**
     * Starts one, or says that the test is skipped because this machine has none.
     *
     * @param extraOptions more lines for its sshd_config(5)
     */
    public static OpenSshServer start(Path directory, String listenAddress, String... extraOptions) throws Exception {
        Needed.that(Files.isExecutable(SSHD), SSHD + " is not installed (Debian: openssh-server)");
        OpenSshServer server = new OpenSshServer(directory, freePort());
        server.generateKey("host_ed25519", "ed25519", "");
        server.configure(listenAddress, List.of(extraOptions));
        server.listen();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /** A new key pair; the file's name ends in {@code .pub} for the public half. */
    Path generateKey(String name, String type, String passphrase) throws Exception {
        Path key = directory.resolve(name);
        execute("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", key.toString());
        return key;
    }

    /** A new key pair that may log in. */
    public Path authorizedKey(String name, String type, String passphrase) throws Exception {
        Path key = generateKey(name, type, passphrase);
        Path authorized = directory.resolve("authorized_keys");
        String line = Files.readString(Path.of(key + ".pub"));
        Files.writeString(authorized, (Files.exists(authorized) ? Files.readString(authorized) : "") + line);
        return key;
    }

    private void configure(String listenAddress, List<String> extraOptions) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "Port " + port,
                "ListenAddress " + listenAddress,
                "HostKey " + directory.resolve("host_ed25519"),
                "PidFile none",
                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "PermitRootLogin prohibit-password",
                "MaxStartups 1000",
                // What the account's own shell does when it starts is nobody's test: it may take locks, and keep them
                // for good when its session is cut off.
                "SetEnv HOME=" + directory));
        lines.addAll(extraOptions);
        Files.write(directory.resolve("sshd_config"), lines);
    }

    /** Listens, again after {@link #close()}. */
    void listen() throws IOException {
        if (Files.isWritable(Path.of("/run"))) {
            Files.createDirectories(
                    Path.of("/run/sshd"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        process = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10)).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return socket.getInputStream().read() == 'S';
        } catch (IOException notYet) {
            return false;
        }
    }

    Path knownHosts() throws IOException {
        Path file = directory.resolve("known_hosts");
        Files.writeString(file, "[127.0.0.1]:" + port + " " + hostKey());
        return file;
    }

    /** Type and key, as in the file of the public key. */
    public String hostKey() throws IOException {
        return Files.readString(directory.resolve("host_ed25519.pub"));
    }

    public int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    Server as(Path privateKey) throws IOException {
        return as(privateKey, Optional.empty(), knownHosts());
    }

    Server as(Path privateKey, Optional<Path> passphraseFile, Path knownHosts) {
        return server(new ConnectionSettings.Ssh(
                "127.0.0.1", port, System.getProperty("user.name"), privateKey, passphraseFile, knownHosts));
    }

    static Server server(ConnectionSettings settings) {
        return new Server(new ServerId("web01"), "web01", Set.of(), Map.of(), Optional.empty(), false, settings);
    }

    /** The sshd processes of the sessions that are open now. */
    List<ProcessHandle> sessions() {
        return process.children().toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** Runs a command to its good end and returns what it said. */
    static String execute(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
