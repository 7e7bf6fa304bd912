package io.patchway.bench;

import io.patchway.baseline.PatchSource;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import io.patchway.run.RebootProgress;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.scan.HostFacts;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.PatchFamily;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Simulated servers in memory, to measure the engine without the cost of reaching anybody: 300 packages each, ten of
 * them with an update, and a reboot afterwards.
 */
final class SimulatedFleet implements ServerAccess, Inventory {
    private static final int PACKAGES = 300;
    private static final int UPDATES = 10;
    private static final PackageVersion OLD = PackageVersion.rpm("3.0.7-27.el9");
    private static final PackageVersion NEW = PackageVersion.rpm("3.0.7-28.el9");

    private final Map<ServerId, Server> servers;
    private final Map<ServerId, Host> hosts = new ConcurrentHashMap<>();
    private final Supplier<Duration> darkness;
    private final List<InstalledPackage> unpatched = installed(OLD);
    private final List<InstalledPackage> patched = installed(NEW);
    private final List<Patch> updates =
            IntStream.range(0, UPDATES).mapToObj(SimulatedFleet::update).toList();

    /** @param darkness how long a host is away when it reboots */
    SimulatedFleet(int size, Supplier<Duration> darkness) {
        this.darkness = darkness;
        this.servers = IntStream.range(0, size)
                .mapToObj(number -> server("simulated-" + number))
                .collect(Collectors.toMap(Server::id, server -> server));
        servers.keySet().forEach(id -> hosts.put(id, new Host()));
    }

    /** What a host is up to. */
    private static final class Host {
        boolean installed;
        int boot = 1;
        int installs;
        int reboots;
        Instant backAt = Instant.MIN;
        Optional<Instant> seenBack = Optional.empty();
    }

    private static Server server(String name) {
        return new Server(
                new ServerId(name),
                name,
                Set.of("simulated"),
                Map.of(),
                Optional.empty(),
                false,
                new ConnectionSettings.Local());
    }

    private static List<InstalledPackage> installed(PackageVersion updatesAre) {
        return IntStream.range(0, PACKAGES)
                .mapToObj(number -> new InstalledPackage(
                        new PackageKey("package-" + number, "x86_64"),
                        number < UPDATES ? updatesAre : OLD,
                        Optional.empty()))
                .toList();
    }

    private static Patch update(int number) {
        return new Patch(
                new PackageKey("package-" + number, "x86_64"),
                NEW,
                Optional.of(OLD),
                "updates",
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Hosts whose installs or reboots were told more than once. */
    long doubles() {
        return hosts.values().stream()
                .filter(host -> host.installs > 1 || host.reboots > 1)
                .count();
    }

    /** From the return of each rebooted host until it was noticed, in milliseconds, in order. */
    long[] lags() {
        return hosts.values().stream()
                .flatMap(host -> host
                        .seenBack
                        .map(seen -> Duration.between(host.backAt, seen).toMillis())
                        .stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /** Hosts that are away now. */
    long away() {
        Instant now = Instant.now();
        return hosts.values().stream().filter(host -> now.isBefore(host.backAt)).count();
    }

    @Override
    public Optional<Server> find(ServerId id) {
        return Optional.ofNullable(servers.get(id));
    }

    @Override
    public List<Server> all() {
        return List.copyOf(servers.values());
    }

    @Override
    public PrecheckResult precheck(Server server) {
        return new PrecheckResult(bootId(server), Duration.ofHours(1), Optional.empty(), false);
    }

    @Override
    public HostFacts hostFacts(Server server) {
        Host host = hosts.get(server.id());
        synchronized (host) {
            return new HostFacts(
                    server.name(),
                    "rocky",
                    "9.4",
                    "Rocky Linux 9.4 (simulated)",
                    "x86_64",
                    "5.14.0",
                    "boot-" + host.boot,
                    Duration.ofHours(1),
                    "dnf 4.14.0 (simulated)");
        }
    }

    @Override
    public ScanResult scan(Server server, boolean refresh, List<PatchSource> sources) {
        Host host = hosts.get(server.id());
        synchronized (host) {
            boolean rebootNeeded = host.installed && host.boot == 1;
            return new ScanResult(
                    Instant.now(),
                    PatchFamily.YUM,
                    hostFacts(server),
                    host.installed ? patched : unpatched,
                    host.installed ? List.of() : updates,
                    Set.of(),
                    List.of(new RebootVote(
                            "needs-restarting",
                            true,
                            rebootNeeded ? RebootVote.Answer.NEEDED : RebootVote.Answer.NOT_NEEDED,
                            "")),
                    Optional.of(Duration.ofMinutes(1)));
        }
    }

    @Override
    public void startInstall(Server server, OperationId operation, InstallPlan plan) {
        Host host = hosts.get(server.id());
        synchronized (host) {
            host.installed = true;
            host.installs++;
        }
    }

    @Override
    public InstallProgress installProgress(Server server, OperationId operation) {
        Host host = hosts.get(server.id());
        synchronized (host) {
            return host.installed
                    ? new InstallProgress.Ended(0, InstallProgress.Meaning.DONE, "Complete!")
                    : new InstallProgress.NotStarted();
        }
    }

    @Override
    public void stopInstall(Server server, OperationId operation) {
        throw new IllegalStateException("nobody cancels here");
    }

    @Override
    public Optional<String> checkHealth(Server server, List<String> command, Duration timeout) {
        return Optional.empty();
    }

    @Override
    public String bootId(Server server) {
        Host host = hosts.get(server.id());
        synchronized (host) {
            Instant now = Instant.now();
            if (now.isBefore(host.backAt)) {
                throw new ServerFault(ServerFault.Kind.UNREACHABLE, server.id() + ": simulated: no answer");
            }
            if (host.reboots > 0 && host.seenBack.isEmpty()) {
                host.seenBack = Optional.of(now);
            }
            return "boot-" + host.boot;
        }
    }

    @Override
    public RebootProgress rebootProgress(Server server, OperationId operation, String bootId) {
        return bootId(server).equals(bootId) ? RebootProgress.NOT_TOLD : RebootProgress.OTHER_BOOT;
    }

    @Override
    public void reboot(Server server, OperationId operation, String bootId) {
        Host host = hosts.get(server.id());
        synchronized (host) {
            host.reboots++;
            host.boot++;
            host.backAt = Instant.now().plus(darkness.get());
        }
    }
}
