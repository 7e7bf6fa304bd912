package io.patchway.run;

import io.patchway.baseline.PatchSource;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several servers that exist only in memory. */
public final class SimulatedServers implements ServerAccess, Inventory {
    private final Map<ServerId, SimulatedServer> servers = new LinkedHashMap<>();

    public SimulatedServers with(String id, SimulatedServer server) {
        servers.put(new ServerId(id), server);
        return this;
    }

    public SimulatedServer get(String id) {
        return servers.get(new ServerId(id));
    }

    public List<ServerId> ids() {
        return List.copyOf(servers.keySet());
    }

    @Override
    public Optional<Server> find(ServerId id) {
        return all().stream().filter(server -> server.id().equals(id)).findFirst();
    }

    @Override
    public List<Server> all() {
        return servers.keySet().stream()
                .map(id -> new Server(
                        id,
                        id.value(),
                        Set.of("simulated"),
                        Map.of(),
                        Optional.empty(),
                        false,
                        new ConnectionSettings.Local()))
                .toList();
    }

    private SimulatedServer of(Server server) {
        return servers.get(server.id());
    }

    @Override
    public PrecheckResult precheck(Server server) {
        return of(server).precheck(server);
    }

    @Override
    public HostFacts hostFacts(Server server) {
        return of(server).hostFacts(server);
    }

    @Override
    public ScanResult scan(Server server, boolean refresh, List<PatchSource> sources) {
        return of(server).scan(server, refresh, sources);
    }

    @Override
    public void startInstall(Server server, OperationId operation, InstallPlan plan) {
        of(server).startInstall(server, operation, plan);
    }

    @Override
    public InstallProgress installProgress(Server server, OperationId operation) {
        return of(server).installProgress(server, operation);
    }

    @Override
    public void stopInstall(Server server, OperationId operation) {
        of(server).stopInstall(server, operation);
    }

    @Override
    public Optional<String> checkHealth(Server server, List<String> command, Duration timeout) {
        return of(server).checkHealth(server, command, timeout);
    }

    @Override
    public String bootId(Server server) {
        return of(server).bootId(server);
    }

    @Override
    public RebootProgress rebootProgress(Server server, OperationId operation, String bootId) {
        return of(server).rebootProgress(server, operation, bootId);
    }

    @Override
    public void reboot(Server server, OperationId operation, String bootId) {
        of(server).reboot(server, operation, bootId);
    }

    @Override
    public boolean shutDown(Server server, OperationId operation, String bootId) {
        return of(server).shutDown(server, operation, bootId);
    }
}
