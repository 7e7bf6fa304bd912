package io.patchway.packagemanager;

import io.patchway.baseline.PatchSource;
import io.patchway.connection.Connection;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import io.patchway.run.RebootProgress;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Works on each server in the way of its kind. */
public final class AccessByKind implements ServerAccess {
    private final ServerAccess linux;
    private final ServerAccess windows;

    public AccessByKind(Connection connection, Clock clock) {
        linux = new PackageManagerAccess(connection, clock);
        windows = new WindowsAccess(connection, clock);
    }

    private ServerAccess of(Server server) {
        return server.runsWindows() ? windows : linux;
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
    public void stopInstall(Server server, OperationId operation) {
        of(server).stopInstall(server, operation);
    }

    @Override
    public Optional<String> checkHealth(Server server, List<String> command, Duration timeout) {
        return of(server).checkHealth(server, command, timeout);
    }

    @Override
    public InstallProgress installProgress(Server server, OperationId operation) {
        return of(server).installProgress(server, operation);
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

    @Override
    public boolean isOwn(String bootId) {
        return linux.isOwn(bootId);
    }

    /** What takes any host key may look, and nothing else; whoever asks for more has made a mistake. */
    static void refuseStranger(Server server) {
        if (server.acceptsAnyHostKey()) {
            throw new ServerFault(Kind.NOT_PERMITTED, server.id() + ": nothing is changed without a known host key");
        }
    }
}
