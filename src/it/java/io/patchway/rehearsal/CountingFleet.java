package io.patchway.rehearsal;

import io.patchway.rehearsal.SimulatedHost.Pace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated hosts of three rounds each, in a process of their own that outlives the orchestrator, and a journal of
 * every script that reaches them: also of an install or a reboot that a host would refuse because it was told before.
 *
 * <p>Into its folder it writes {@code servers.yaml}, once all hosts listen, and {@code journal}, one line for each
 * script: milliseconds since 1970, host, script, first argument. It ends when its standard input ends.
 */
public final class CountingFleet {
    /** So many times slower than the fastest hosts the slowest are. */
    private static final int SPREAD = 5;

    private CountingFleet() {}

    /** Arguments: folder, number of hosts, milliseconds that the fastest hosts take for one package and for dark. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int number = Integer.parseInt(arguments[1]);
        Duration pace = Duration.ofMillis(Long.parseLong(arguments[2]));
        try (BufferedWriter journal = Files.newBufferedWriter(folder.resolve("journal"));
                RehearsalFleet fleet = RehearsalFleet.start(
                        folder.resolve("keys"), hosts(number, pace), (host, script) -> note(journal, host, script))) {
            publish(folder, fleet);
            // Nothing is said to this process; it only waits for the end.
            System.in.readAllBytes();
        }
    }

    private static List<SimulatedHost> hosts(int number, Duration fastest) {
        List<SimulatedHost> hosts = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            Duration own = fastest.multipliedBy(1 + i % SPREAD);
            Pace pace = new Pace(own, Duration.ofMillis(300), own);
            hosts.add(RehearsalHosts.ofThreeRounds("rehearsal-%03d".formatted(i), pace, Clock.systemUTC()));
        }
        return hosts;
    }

    private static void note(BufferedWriter journal, SimulatedHost host, ReceivedScript script) {
        String argument =
                script.arguments().isEmpty() ? "-" : script.arguments().getFirst();
        String line = "%d %s %s %s%n".formatted(System.currentTimeMillis(), host.name(), script.name(), argument);
        synchronized (journal) {
            try {
                journal.write(line);
                journal.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the journal of the fleet cannot be written", e);
            }
        }
    }

    private static void publish(Path folder, RehearsalFleet fleet) throws IOException {
        Path unfinished = Files.writeString(folder.resolve("servers.yaml.part"), ServersFile.of(fleet));
        Files.move(unfinished, folder.resolve("servers.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
}
