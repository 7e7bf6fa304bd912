package io.patchway.api.clc.operation;

import io.patchway.run.Executions;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ServerSystems;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which servers cannot be patched with a script package now. */
public final class PackageGate {
    static final String BUSY = "is being patched, or waits for it";

    private final Executions executions;
    private final ServerSystems systems;

    public PackageGate(Executions executions, ServerSystems systems) {
        this.executions = executions;
        this.systems = systems;
    }

    /**
     * The servers that are turned away, each with the reason for people. What a server runs is what its newest scan
     * found, else what the inventory says; when neither is known, the run finds out.
     */
    Map<ServerId, String> refusals(Collection<Server> servers, ScriptPackage scriptPackage) {
        Set<ServerId> busy =
                executions.beingPatched(servers.stream().map(Server::id).toList());
        Map<ServerId, Optional<OperatingSystem>> scanned =
                systems.ofScanned(servers.stream().map(Server::id).toList());
        Map<ServerId, String> refusals = new LinkedHashMap<>();
        for (Server server : servers) {
            Optional<OperatingSystem> said = server.operatingSystem();
            Optional<OperatingSystem> system = scanned.getOrDefault(server.id(), said);
            boolean isKnown = scanned.containsKey(server.id()) || said.isPresent();
            if (isKnown && system.filter(scriptPackage::serves).isEmpty()) {
                refusals.put(
                        server.id(),
                        "runs " + system.map(OperatingSystem::name).orElse("another system") + ", for which "
                                + scriptPackage.name() + " is not made");
            } else if (busy.contains(server.id())) {
                refusals.put(server.id(), BUSY);
            }
        }
        return refusals;
    }
}
