package io.patchway.whole;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A real ActiveMQ Artemis broker with a journal on disk, in a process of its own. */
final class Broker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    private Broker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static Broker start(Path folder) throws IOException {
        Broker broker = new Broker(Files.createDirectories(folder), FreePort.find());
        broker.startAgain();
        return broker;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void startAgain() throws IOException {
        process = JavaProcess.start(
                folder, folder.resolve("broker.log"), Map.of(), Program.class.getName(), folder.toString(), url());
        await().atMost(Duration.ofMinutes(1)).until(this::answers);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Takes away everything that the broker had on disk. */
    void deleteJournal() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** The broker itself; it ends when its standard input ends. */
    static final class Program {
        private Program() {}

        /** Arguments: folder, URL to listen at. */
        public static void main(String[] arguments) throws Exception {
            String data = Path.of(arguments[0], "data").toString();
            Configuration configuration = new ConfigurationImpl()
                    .setPersistenceEnabled(true)
                    .setJournalDirectory(data + "/journal")
                    .setBindingsDirectory(data + "/bindings")
                    .setPagingDirectory(data + "/paging")
                    .setLargeMessagesDirectory(data + "/large")
                    .setSecurityEnabled(false)
                    .addAcceptorConfiguration("tcp", arguments[1]);
            EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration);
            server.start();
            System.in.readAllBytes();
            System.exit(0);
        }
    }
}
