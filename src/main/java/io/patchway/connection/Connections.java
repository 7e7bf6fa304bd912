package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.server.ConnectionSettings.Http;
import io.patchway.server.ConnectionSettings.Local;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.ConnectionSettings.WinRm;
import io.patchway.server.Server;
import java.time.Duration;
import java.util.List;

/** Every way to reach a server, chosen by the server's settings. One for the whole process; closed when it stops. */
public final class Connections implements Connection, AutoCloseable {
    private final LocalConnection local;
    private final SshConnection ssh;
    private final WinRmConnection winRm;

    public Connections() {
        this(ConnectionLimits.DEFAULT);
    }

    public Connections(ConnectionLimits limits) {
        local = new LocalConnection(limits);
        ssh = new SshConnection(limits);
        winRm = new WinRmConnection(limits);
    }

    @Override
    public ScriptOutput run(Server server, Script script, List<String> arguments, Duration deadline) {
        Connection connection = switch (server.connection()) {
            case Local here -> local;
            case Ssh there -> ssh;
            case Http elsewhere -> throw handedOver(server, elsewhere);
            case WinRm windows -> winRm;
        };
        return connection.run(server, script, arguments, deadline);
    }

    private static ServerFault handedOver(Server server, Http elsewhere) {
        return new ServerFault(
                ServerFault.Kind.UNSUPPORTED,
                "%s is patched by %s; nothing can be run on it from here".formatted(server.id(), elsewhere.url()));
    }

    @Override
    public void close() {
        winRm.close();
        ssh.close();
    }
}
