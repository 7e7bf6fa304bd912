package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.WinRm;
import io.patchway.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Runs PowerShell scripts over WinRM (MS-WSMV, Web Services Management Protocol Extensions for Windows Vista): a shell
 * with the feed in its environment is created, the one constant command is run in it, its output received bit by bit,
 * and the shell deleted. Calls block the caller.
 */
public final class WinRmConnection implements Connection, AutoCloseable {
    /** How long a server may keep a question for output open before it says that there is none yet. */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(20);

    private static final Duration PARTING = Duration.ofSeconds(10);

    private final ConnectionLimits limits;
    private final WinRmClients clients;

    public WinRmConnection() {
        this(ConnectionLimits.DEFAULT);
    }

    public WinRmConnection(ConnectionLimits limits) {
        this.limits = limits;
        this.clients = new WinRmClients(limits.connectTimeout());
    }

    /** @throws IllegalArgumentException when the server is not reached over WinRM, or the script is no PowerShell */
    @Override
    public ScriptOutput run(Server server, Script script, List<String> arguments, Duration deadline) {
        if (!(server.connection() instanceof WinRm settings)) {
            throw new IllegalArgumentException(server.name() + " is not reached over WinRM");
        }
        List<String> feed = PowerShellFeed.variables(script, arguments);
        WinRmFaults faults = new WinRmFaults(server.name(), settings);
        Deadline end = Deadline.in(deadline);
        try (WinRmClients.Lease lease = clients.lease(settings, password(settings, faults), faults)) {
            return run(new WinRmShell(lease.client()), feed, script, end);
        } catch (RuntimeException e) {
            throw e instanceof ServerFault known ? known : faults.of(e, script.name());
        }
    }

    private ScriptOutput run(WinRmShell shell, List<String> feed, Script script, Deadline end) {
        shell.create(feed, question(end));
        try {
            shell.start(PowerShellFeed.COMMAND_WITH_ENVIRONMENT, question(end));
            return receive(shell, script, end);
        } finally {
            shell.delete(PARTING);
        }
    }

    private ScriptOutput receive(WinRmShell shell, Script script, Deadline end) {
        CappedOutput stdout = new CappedOutput(limits.stdoutBytes());
        CappedOutput stderr = new CappedOutput(limits.stderrBytes());
        OptionalInt exit = OptionalInt.empty();
        while (exit.isEmpty()) {
            if (end.left().isZero()) {
                throw shell.client().faults().deadline(script.name(), end.length());
            }
            exit = shell.receive(stdout, stderr, question(end));
        }
        return new ScriptOutput(exit, stdout.text(), stderr.text(), stdout.truncated() || stderr.truncated());
    }

    private static Duration question(Deadline end) {
        Duration length = end.atMost(LONGEST_QUESTION);
        return length.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : length;
    }

    private static String password(WinRm settings, WinRmFaults faults) {
        try {
            List<String> lines = Files.readAllLines(settings.passwordFile(), StandardCharsets.UTF_8);
            if (!lines.isEmpty() && !lines.getFirst().isEmpty()) {
                return lines.getFirst();
            }
        } catch (IOException e) {
            throw faults.configuration("password file " + settings.passwordFile() + " cannot be read", e);
        }
        throw new ServerFault(
                Kind.CONFIGURATION, faults.there() + "password file " + settings.passwordFile() + " is empty");
    }

    @Override
    public void close() {
        clients.close();
    }
}
