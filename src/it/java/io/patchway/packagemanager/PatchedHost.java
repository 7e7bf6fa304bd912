package io.patchway.packagemanager;

import static org.awaitility.Awaitility.await;

import io.patchway.connection.Connections;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.RealHost;
import io.patchway.hosts.RealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import io.patchway.run.ServerAccess;
import io.patchway.scan.ScanResult;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A real host that is worked on over SSH, as the user {@code patch} with sudo. */
record PatchedHost(RealHost host, Server server, Connections connections, ServerAccess access)
        implements AutoCloseable {
    static PatchedHost start(HostKind kind, String name, Path folder, Scenario... scenarios) {
        RealHost host = RealHosts.start(kind, name, scenarios);
        Path knownHosts = folder.resolve("known_hosts");
        try {
            Files.writeString(knownHosts, host.hostKeyLine() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConnectionSettings ssh = new ConnectionSettings.Ssh(
                host.address(), host.port(), "patch", host.privateKey(), Optional.empty(), knownHosts);
        Server server = new Server(new ServerId(name), name, Set.of(), Map.of(), Optional.empty(), false, ssh);
        Connections connections = new Connections();
        return new PatchedHost(host, server, connections, new PackageManagerAccess(connections, Clock.systemUTC()));
    }

    ScanResult scan() {
        return access.scan(server, true);
    }

    /** Installs what the scan offers and the choice accepts, and waits for the end. */
    InstallProgress.Ended install(String operation, Predicate<Patch> choice, String... blocked) {
        List<Patch> chosen = scan().available().stream().filter(choice).toList();
        return install(operation, new InstallPlan(chosen, Arrays.asList(blocked)));
    }

    InstallProgress.Ended install(String operation, InstallPlan plan) {
        access.startInstall(server, new OperationId(operation), plan);
        return (InstallProgress.Ended) await().atMost(Duration.ofMinutes(2))
                .until(() -> progress(operation), InstallProgress.Ended.class::isInstance);
    }

    InstallProgress progress(String operation) {
        return access.installProgress(server, new OperationId(operation));
    }

    /** Runs a line of shell in the host as root. */
    String shell(String line) {
        return host.execute("sh", "-c", line).succeeded();
    }

    Optional<String> installed(String name) {
        return host.installedVersion(name);
    }

    /** Puts a program in the package manager's place that never ends. */
    void letThePackageManagerHang() {
        String program = switch (host.kind()) {
            case DNF, DNF5 -> "dnf";
            case APT -> "apt-get";
            case ZYPPER -> "zypper";
        };
        shell("printf '#!/bin/sh\\nexec sleep 600\\n' > /usr/local/bin/%1$s && chmod 755 /usr/local/bin/%1$s"
                .formatted(program));
    }

    @Override
    public void close() {
        connections.close();
        host.close();
    }

    static Predicate<Patch> named(String... names) {
        return patch -> List.of(names).contains(patch.key().name());
    }

    static Predicate<Patch> version(String name, String version) {
        return patch ->
                patch.key().name().equals(name) && patch.version().text().equals(version);
    }
}
