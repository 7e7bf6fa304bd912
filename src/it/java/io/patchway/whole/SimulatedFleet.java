package io.patchway.whole;

import static org.awaitility.Awaitility.await;

import io.patchway.rehearsal.CountingFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The {@link CountingFleet} in its own process, and what it has counted. */
final class SimulatedFleet implements AutoCloseable {
    /** Each host needs so many rounds, with a reboot after all but the last. */
    static final int ROUNDS = 3;

    private final Path folder;
    private final int hosts;
    private final Process process;

    private SimulatedFleet(Path folder, int hosts, Process process) {
        this.folder = folder;
        this.hosts = hosts;
        this.process = process;
    }

    /** @param pace what the fastest hosts take for one package, and for the dark part of a reboot */
    static SimulatedFleet start(Path folder, int hosts, Duration pace) throws IOException {
        Files.createDirectories(folder);
        Process process = JavaProcess.start(
                folder,
                folder.resolve("fleet.log"),
                Map.of(),
                CountingFleet.class.getName(),
                folder.toString(),
                String.valueOf(hosts),
                String.valueOf(pace.toMillis()));
        SimulatedFleet fleet = new SimulatedFleet(folder, hosts, process);
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(fleet.serversFile()) || !process.isAlive());
        return fleet;
    }

    /** The inventory to give to Patchway. */
    Path serversFile() {
        return folder.resolve("servers.yaml");
    }

    List<String> names() {
        return IntStream.rangeClosed(1, hosts)
                .mapToObj("rehearsal-%03d"::formatted)
                .toList();
    }

    /** Every install command that reached a host: host and operation, as often as it came. */
    List<Received> installs() {
        return received("install-start");
    }

    /** Every reboot command that reached a host: host and boot id, as often as it came. */
    List<Received> reboots() {
        return received("reboot");
    }

    /** Those of the commands that came more than once. */
    static List<Received> repeated(List<Received> commands) {
        return commands.stream()
                .collect(Collectors.groupingBy(
                        command -> command.host() + " " + command.argument(), Collectors.toList()))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .map(List::getLast)
                .toList();
    }

    /** How many different commands each host got; hosts that got none are missing. */
    static Map<String, Long> differentPerHost(List<Received> commands) {
        return commands.stream()
                .map(command -> command.host() + " " + command.argument())
                .distinct()
                .collect(Collectors.groupingBy(
                        (Function<String, String>) line -> line.split(" ")[0], Collectors.counting()));
    }

    /** When the first script after this moment came in. */
    Optional<Instant> firstContactAfter(Instant moment) {
        try (Stream<Received> all = journal()) {
            return all.map(Received::at).filter(moment::isBefore).findFirst();
        }
    }

    private List<Received> received(String script) {
        try (Stream<Received> all = journal()) {
            return all.filter(each -> each.script().equals(script)).toList();
        }
    }

    private Stream<Received> journal() {
        try {
            // The last line may be half written.
            String text = Files.readString(folder.resolve("journal"));
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Received::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /**
     * A script that reached a host.
     *
     * @param argument its first argument: the operation of an install, the boot that a reboot is to end
     */
    record Received(Instant at, String host, String script, String argument) {
        private static Received parse(String line) {
            String[] words = line.split(" ");
            return new Received(Instant.ofEpochMilli(Long.parseLong(words[0])), words[1], words[2], words[3]);
        }
    }
}
