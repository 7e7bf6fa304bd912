package io.patchway.connection;

import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;

/**
 * Runs scripts over SSH. One for the whole process: it holds the client with its few threads, and for a short while the
 * sessions that have no work, so that the steps of one server run share a login. Calls block the caller, who should be
 * on a virtual thread.
 */
public final class SshConnection implements Connection, AutoCloseable {
    /** How long a kept session may take to answer before a new one is made; the script has not been sent by then. */
    private static final Duration REUSE_PATIENCE = Duration.ofSeconds(5);

    private final ConnectionLimits limits;
    private final SshClient client = SshClients.create();
    private final SshLogin login;
    private final IdleSessions idleSessions;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ssh-idle-sessions").factory());

    public SshConnection() {
        this(ConnectionLimits.DEFAULT);
    }

    public SshConnection(ConnectionLimits limits) {
        this.limits = limits;
        login = new SshLogin(client, limits.connectTimeout());
        idleSessions = new IdleSessions(limits.idleTime(), limits.maxIdle());
        client.start();
        long period = Math.max(1, limits.idleTime().toMillis() / 4);
        var unused = clock.scheduleWithFixedDelay(idleSessions::closeExpired, period, period, TimeUnit.MILLISECONDS);
    }

    /** @throws IllegalArgumentException when the server is not reached over SSH, or an argument holds a NUL */
    @Override
    public ScriptOutput run(Server server, Script script, List<String> arguments, Duration deadline) {
        if (!(server.connection() instanceof Ssh settings)) {
            throw new IllegalArgumentException(server.name() + " is not reached over SSH");
        }
        if (script.language() == Script.Language.POWERSHELL) {
            Call call =
                    new Call(server.name(), settings, script, PowerShellFeed.COMMAND_WITH_INPUT, Deadline.in(deadline));
            return run(call, PowerShellFeed.input(script, arguments));
        }
        byte[] feed = ScriptFeed.of(script, arguments);
        boolean sudo = script.needsRoot() && !settings.user().equals("root");
        Call call = new Call(server.name(), settings, script, sudo ? "sudo -n sh -s" : "sh -s", Deadline.in(deadline));
        ScriptOutput output = run(call, feed);
        RefusedShell.in(output, sudo).ifPresent(refused -> {
            throw call.faults().refused(refused);
        });
        return output;
    }

    private ScriptOutput run(Call call, byte[] feed) {
        Running running = reuse(call).orElseGet(() -> start(call));
        try {
            return running.execution.run(feed, call.deadline);
        } catch (TimeoutException e) {
            throw call.faults().deadline(call.script.name(), call.deadline.length());
        } catch (IOException e) {
            running.session.close(true);
            throw call.faults().lost("while " + call.script.name() + " ran; what it did is not known", e);
        } finally {
            idleSessions.put(call.settings, running.session);
        }
    }

    /** A shell on a kept session; what is stale (the server has rebooted) is dropped with all its like. */
    private Optional<Running> reuse(Call call) {
        Optional<ClientSession> idle = idleSessions.take(call.settings);
        if (idle.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(execute(idle.get(), call, call.deadline.atMost(REUSE_PATIENCE)));
        } catch (IOException | TimeoutException stale) {
            idle.get().close(true);
            idleSessions.drop(call.settings);
            return Optional.empty();
        }
    }

    private Running start(Call call) {
        ClientSession session = login.open(call.server, call.settings, call.deadline);
        Duration patience = call.deadline.atMost(limits.connectTimeout());
        try {
            return execute(session, call, patience);
        } catch (IOException e) {
            session.close(true);
            throw call.faults().lost("before " + call.script.name() + " could start", e);
        } catch (TimeoutException e) {
            session.close(true);
            throw call.faults().noAnswer("starting a shell", patience);
        }
    }

    private Running execute(ClientSession session, Call call, Duration patience) throws IOException, TimeoutException {
        return new Running(session, SshExecution.open(session, call.command, limits, patience));
    }

    /** Sessions that are kept without work just now. */
    int idleCount() {
        return idleSessions.count();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        idleSessions.dropAll();
        login.forgetKeys();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Call(String server, Ssh settings, Script script, String command, Deadline deadline) {
        Faults faults() {
            return new Faults(server, settings);
        }
    }

    private record Running(ClientSession session, SshExecution execution) {}
}
