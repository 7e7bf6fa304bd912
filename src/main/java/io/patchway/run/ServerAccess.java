package io.patchway.run;

import io.patchway.baseline.PatchSource;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a server run does on a server. Each call is one round trip. An implementation never decides: it
 * looks, or it starts an effect that carries its own identity and can therefore happen only once.
 */
public interface ServerAccess {

    /**
     * Whether work could start: login, sudo, package manager, its lock, free space.
     *
     * @throws ServerFault when the server cannot be worked on
     */
    PrecheckResult precheck(Server server);

    /**
     * What the server is, without a look at its repositories.
     *
     * @throws ServerFault when the server does not answer
     */
    HostFacts hostFacts(Server server);

    /**
     * Scans.
     *
     * @param refresh whether to fetch repository metadata first; without, what is cached is used as it is
     * @param sources the repositories that what is on offer comes from, none but these, whatever the server's own are;
     *     empty: the server's own
     * @throws ServerFault also when a repository is down or its metadata stale: a scan is never silently incomplete
     */
    ScanResult scan(Server server, boolean refresh, List<PatchSource> sources);

    /** Scans with the server's own repositories. */
    default ScanResult scan(Server server, boolean refresh) {
        return scan(server, refresh, List.of());
    }

    /**
     * Starts an install that survives the loss of this connection, or leaves it alone when one was ever started under
     * this id.
     *
     * @throws ServerFault when it is not known whether it was started; ask {@link #installProgress}
     */
    void startInstall(Server server, OperationId operation, InstallPlan plan);

    /**
     * Has a running install end as soon as it can: between two transactions of the package manager, never within one.
     *
     * @throws ServerFault when it is not known whether the word arrived; it may be said again
     */
    void stopInstall(Server server, OperationId operation);

    /**
     * Runs a health command.
     *
     * @param command the program and its arguments; no shell reads them
     * @return empty when it ended with 0; else how it ended, for people
     * @throws ServerFault when the server does not answer in time
     */
    Optional<String> checkHealth(Server server, List<String> command, Duration timeout);

    /** @throws ServerFault when the server does not answer */
    InstallProgress installProgress(Server server, OperationId operation);

    /** @throws ServerFault when the server does not answer, or does not let us in yet */
    String bootId(Server server);

    /**
     * What became of the reboot that belongs to this boot.
     *
     * @param bootId the boot that the reboot is to end
     * @throws ServerFault when the server does not answer
     */
    RebootProgress rebootProgress(Server server, OperationId operation, String bootId);

    /**
     * Reboots the server if it still runs the boot {@code bootId} and this operation has not told it to before.
     *
     * @throws ServerFault when it is not known whether the command arrived; ask {@link #rebootProgress}
     */
    void reboot(Server server, OperationId operation, String bootId);

    /**
     * Shuts the server down if it still runs the boot {@code bootId} and this operation has not told it to before. May
     * be called again: it tells a boot once.
     *
     * @return false when the server runs another boot, and was not told
     * @throws ServerFault when it is not known whether the command arrived
     */
    default boolean shutDown(Server server, OperationId operation, String bootId) {
        throw new ServerFault(
                ServerFault.Kind.UNSUPPORTED, server.id() + " cannot be shut down through its kind of connection");
    }

    /** Whether Patchway itself runs in this boot. */
    default boolean isOwn(String bootId) {
        return false;
    }

    /**
     * What a precheck found.
     *
     * @param bootId the current boot
     * @param lockHolder who holds the package manager's lock, such as {@code 4711 (apt-get)}; empty when free
     * @param own whether this is the machine that Patchway runs on, as its boot id tells
     */
    record PrecheckResult(String bootId, Duration uptime, Optional<String> lockHolder, boolean own) {}
}
