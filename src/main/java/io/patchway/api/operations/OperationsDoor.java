package io.patchway.api.operations;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The door for whatever keeps Patchway running: health without a sign-in, on a port of its own that only this machine
 * reaches unless it is told otherwise.
 */
public final class OperationsDoor implements AutoCloseable {
    private final Javalin server;
    private final BooleanSupplier ready;

    /**
     * @param ready whether work can be done; asked at each call, and answers within a few seconds. A mail server that
     *     is away does not matter: mails wait
     */
    public OperationsDoor(BooleanSupplier ready) {
        this.ready = ready;
        this.server = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.get("/observe/health/live", OperationsDoor::live);
            config.routes.get("/observe/health/ready", this::ready);
        });
    }

    /**
     * Opens the door.
     *
     * @param host address to listen on
     * @param port 0 for any free one
     */
    public OperationsDoor start(String host, int port) {
        server.start(host, port);
        return this;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** That it answers is the answer: a restart would not bring a database back. */
    private static void live(Context context) {
        context.json(Map.of("status", "UP"));
    }

    private void ready(Context context) {
        boolean up = ready.getAsBoolean();
        context.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .json(Map.of("status", up ? "UP" : "DOWN", "database", up ? "UP" : "DOWN"));
    }
}
