package io.patchway.rehearsal;

import io.patchway.rehearsal.SimulatedHost.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Quick simulated hosts of one round each. They lack three security updates (curl, libwebp, sudo), two bug fixes (nss,
 * tzdata) and one enhancement (vim-minimal).
 */
public final class PlainFleet implements AutoCloseable {
    private static final Pace QUICK = new Pace(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));

    private final RehearsalFleet fleet;

    private PlainFleet(RehearsalFleet fleet) {
        this.fleet = fleet;
    }

    /** @param folder gets the keys of the hosts; created when missing */
    public static PlainFleet start(Path folder, List<String> names) throws IOException {
        List<SimulatedHost> hosts = names.stream()
                .map(name -> RehearsalHosts.plain(name, QUICK, Clock.systemUTC()))
                .toList();
        return new PlainFleet(RehearsalFleet.start(folder, hosts, (host, script) -> {}));
    }

    /** The hosts as the content of {@code config/servers.yaml}. */
    public String serversFile() {
        return ServersFile.of(fleet);
    }

    @Override
    public void close() throws IOException {
        fleet.close();
    }
}
