package io.patchway.whole;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A whole Patchway in a process and a folder of its own, as an operator runs it. */
public final class PatchwayProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("  API    (http://[^/]+)/");

    private final Path folder;
    private final Map<String, String> settings;
    private Process process;
    private int printedBefore;

    /**
     * @param folder empty folder; gets copies of {@code config} and {@code routes}
     * @param settings environment variables that override properties
     */
    public PatchwayProcess(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        copy(Path.of("config"));
        copy(Path.of("routes"));
    }

    /** Starts it and waits until it runs, or has ended. */
    public PatchwayProcess start() throws IOException {
        launch();
        await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || isRunning());
        return this;
    }

    /** Starts it without waiting for anything. */
    void launch() throws IOException {
        printedBefore = output().length();
        Map<String, String> environment =
                new HashMap<>(Map.of("PATCHWAY_API_PORT", "0", "PATCHWAY_MANAGEMENT_PORT", "0"));
        environment.putAll(settings);
        process = JavaProcess.start(folder, log(), environment, "io.patchway.Patchway");
    }

    /** Whether the process that was started last says that it runs. */
    boolean isRunning() {
        return sinceStart().contains("Patchway is running");
    }

    /** Like a power cut: nothing is tidied up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Tells it to stop and waits until it has; what it does not manage in two minutes is cut off. */
    void stop() {
        process.destroy();
        try {
            process.onExit().get(2, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            kill();
        }
    }

    /** It stands still as if frozen, connections and all, until {@link #resume()}. */
    void pause() throws IOException {
        signal("STOP");
    }

    void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (kill.onExit().join().exitValue() != 0) {
            throw new IOException("the signal " + name + " did not reach Patchway");
        }
    }

    /** The id of the process that was started last. */
    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the process that was started last has printed so far. */
    String sinceStart() {
        return output().substring(printedBefore);
    }

    /** Where the process that was started last serves its HTTP APIs. */
    public URI address() {
        Matcher printed =
                await().atMost(Duration.ofMinutes(3)).until(() -> ADDRESS.matcher(sinceStart()), Matcher::find);
        return URI.create(printed.group(1));
    }

    /** Everything that it has printed so far, in all its lives. */
    public String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String relative) {
        return folder.resolve(relative);
    }

    /** Puts a request into the inbox by renaming it there. */
    void drop(String name, String json) throws IOException {
        Path inbox = Files.createDirectories(file("var/inbox"));
        Path part = Files.writeString(file(name + ".part"), json);
        Files.move(part, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Files in a folder of the process, ordered by name; none when the folder does not exist. */
    public List<Path> list(String relative) {
        Path directory = file(relative);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (process == null || !process.isAlive()) {
            return;
        }
        resume();
        stop();
    }

    private Path log() {
        return folder.resolve("patchway.log");
    }

    private void copy(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
