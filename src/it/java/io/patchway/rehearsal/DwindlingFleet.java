package io.patchway.rehearsal;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Severity;
import io.patchway.rehearsal.SimulatedHost.Pace;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Simulated hosts that offer four updates, after a reboot two more, and after another reboot none. */
public final class DwindlingFleet implements AutoCloseable {
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(1500));
    private static final int FIRST = 4;
    private static final int SECOND = 2;

    private final Map<String, List<String>> received = new ConcurrentHashMap<>();
    private final RehearsalFleet fleet;

    private DwindlingFleet(Path folder, List<String> names) throws IOException {
        List<SimulatedHost> hosts = names.stream()
                .map(name -> new SimulatedHost(
                        name, List.of(offer(0, FIRST), offer(FIRST, SECOND)), PACE, Clock.systemUTC()))
                .toList();
        this.fleet = RehearsalFleet.start(
                folder,
                hosts,
                (host, script) -> received.computeIfAbsent(host.name(), name -> new CopyOnWriteArrayList<>())
                        .add(script.name()));
    }

    /** @param folder gets the keys of the hosts; created when missing */
    public static DwindlingFleet start(Path folder, List<String> names) throws IOException {
        return new DwindlingFleet(folder, names);
    }

    private static List<OfferedUpdate> offer(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> update(number, number == from))
                .toList();
    }

    private static OfferedUpdate update(int number, boolean reboot) {
        Advisory advisory = new Advisory(
                "SIMBA-2026:000" + number,
                "library update (simulated)",
                Classification.BUGFIX,
                Severity.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                reboot);
        return new OfferedUpdate(
                new PackageKey("library-" + number, "x86_64"),
                PackageVersion.rpm("1.0-1.el9"),
                PackageVersion.rpm("1.0-2.el9"),
                advisory,
                false);
    }

    /** The hosts as the content of {@code config/servers.yaml}. */
    public String serversFile() {
        return ServersFile.of(fleet);
    }

    /** The scripts that a host has received, in order. */
    public List<String> received(String host) {
        return List.copyOf(received.getOrDefault(host, List.of()));
    }

    public int installs(String host) {
        return fleet.installs(new ServerId(host));
    }

    public int reboots(String host) {
        return fleet.reboots(new ServerId(host));
    }

    @Override
    public void close() throws IOException {
        fleet.close();
    }
}
