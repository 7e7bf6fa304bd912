package io.patchway.rehearsal;

import io.patchway.rehearsal.SimulatedHost.Pace;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Simulated hosts behind real SSH servers on loopback, to watch or test the whole loop without touching a machine: one
 * plain, one that needs three rounds and two reboots, one whose install fails, one that is slow to return.
 *
 * <p>They live in memory: a new fleet begins unpatched, on new ports, with the keys that the directory already holds.
 */
public final class RehearsalFleet implements AutoCloseable {
    /** The server group of all simulated hosts. */
    public static final String GROUP = "rehearsal";

    private static final String USER = "patchway";
    private static final Pace NORMAL = new Pace(Duration.ofMillis(700), Duration.ofMillis(500), Duration.ofSeconds(3));

    private final Map<ServerId, SimulatedHost> hosts = new LinkedHashMap<>();
    private final List<SimulatedSshServer> doors = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rehearsal").factory());

    private RehearsalFleet() {}

    /**
     * Starts all hosts.
     *
     * @param directory gets the private keys and the known_hosts file, readable by the owner only; created when missing
     * @throws IOException when the directory cannot be written or no port is free
     */
    public static RehearsalFleet start(Path directory) throws IOException {
        return start(directory, NORMAL);
    }

    /** @param pace of all hosts but the slow one, which stays dark four times as long */
    static RehearsalFleet start(Path directory, Pace pace) throws IOException {
        return start(directory, RehearsalHosts.all(pace, Clock.systemUTC()), (host, script) -> {});
    }

    /** @param journal is told of every script that reaches a host */
    static RehearsalFleet start(Path directory, List<SimulatedHost> hosts, ScriptJournal journal) throws IOException {
        RehearsalFleet fleet = new RehearsalFleet();
        try {
            fleet.open(RehearsalKeys.in(directory), hosts, journal);
            return fleet;
        } catch (IOException | GeneralSecurityException e) {
            fleet.close();
            throw new IOException("the rehearsal fleet cannot start in " + directory + ": " + e.getMessage(), e);
        }
    }

    private void open(RehearsalKeys keys, List<SimulatedHost> all, ScriptJournal journal)
            throws IOException, GeneralSecurityException {
        KeyPair login = keys.key("login");
        StringBuilder knownHosts = new StringBuilder("# Written anew whenever the rehearsal fleet starts.\n");
        Path knownHostsFile = keys.directory().resolve("known_hosts");
        for (SimulatedHost host : all) {
            KeyPair hostKey = keys.key(host.name());
            SimulatedSshServer door = SimulatedSshServer.start(host, hostKey, login.getPublic(), clock, journal);
            doors.add(door);
            knownHosts.append(door.knownHostsLine(hostKey.getPublic())).append('\n');
            Server server = server(host.name(), door, keys.file("login"), knownHostsFile);
            servers.add(server);
            hosts.put(server.id(), host);
        }
        keys.write("known_hosts", knownHosts.toString());
    }

    private static Server server(String name, SimulatedSshServer door, Path privateKey, Path knownHosts) {
        return new Server(
                new ServerId(name),
                name,
                Set.of(GROUP),
                Map.of("simulated", "true"),
                Optional.empty(),
                false,
                new Ssh(SimulatedSshServer.LOOPBACK, door.port(), USER, privateKey, Optional.empty(), knownHosts));
    }

    /** The hosts as servers of an inventory, in the order in which they are described above. */
    public List<Server> servers() {
        return List.copyOf(servers);
    }

    /**
     * How many different installs were started on the host.
     *
     * @throws IllegalArgumentException when it is none of this fleet
     */
    public int installs(ServerId host) {
        return host(host).installs();
    }

    /**
     * How often the host went down for a reboot.
     *
     * @throws IllegalArgumentException when it is none of this fleet
     */
    public int reboots(ServerId host) {
        return host(host).reboots();
    }

    /**
     * Starts a host that was shut down; one that is up goes on as it is.
     *
     * @throws IllegalArgumentException when it is none of this fleet
     */
    public void powerOn(ServerId host) {
        if (!host(host).up()) {
            host(host).boot();
        }
    }

    /**
     * Whether the host is up.
     *
     * @throws IllegalArgumentException when it is none of this fleet
     */
    public boolean isUp(ServerId host) {
        return host(host).up();
    }

    private SimulatedHost host(ServerId id) {
        return Optional.ofNullable(hosts.get(id))
                .orElseThrow(() -> new IllegalArgumentException(id + " is no simulated host"));
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        for (SimulatedSshServer door : doors) {
            door.close();
        }
    }
}
