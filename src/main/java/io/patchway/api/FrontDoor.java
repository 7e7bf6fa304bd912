package io.patchway.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.patchway.store.DatabaseUnavailable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port that all HTTP APIs share. What a dialect does not answer itself is answered here, in JSON. */
public final class FrontDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final long STOP_MILLISECONDS = 10_000;

    private final Javalin server;

    /** A door that no trusted proxy stands before. */
    public FrontDoor(List<Dialect> dialects) {
        this(dialects, TrustedProxies.NONE);
    }

    /** @param proxies whose word counts on where calls come from; what they say is what {@link Context#ip} gives */
    public FrontDoor(List<Dialect> dialects, TrustedProxies proxies) {
        this.server = Javalin.create(config -> {
            configure(config);
            config.contextResolver.ip = proxies::callerOf;
            dialects.forEach(dialect -> dialect.addTo(config.routes));
            config.routes.exception(HttpResponseException.class, FrontDoor::refuse);
            config.routes.exception(DatabaseUnavailable.class, FrontDoor::putOff);
            config.routes.exception(Exception.class, (error, context) -> fail(dialects, error, context));
        });
    }

    /**
     * Opens the door.
     *
     * @param host address to listen on
     * @param port 0 for any free one
     */
    public FrontDoor start(String host, int port) {
        server.start(host, port);
        return this;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Lets calls in flight end, then closes the door. */
    @Override
    public void close() {
        server.stop();
    }

    private static void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.jetty.modifyServer(jetty -> {
            jetty.insertHandler(new GracefulHandler());
            jetty.setStopTimeout(STOP_MILLISECONDS);
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    private static void refuse(HttpResponseException refusal, Context context) {
        context.status(refusal.getStatus()).json(Map.of("message", String.valueOf(refusal.getMessage())));
    }

    private static void putOff(DatabaseUnavailable outage, Context context) {
        LOG.warn("{} {} is answered with 503: {}", context.method(), context.path(), outage.getMessage());
        context.status(HttpStatus.SERVICE_UNAVAILABLE)
                .json(Map.of("message", "The database is away for the moment. Try again later."));
    }

    private static void fail(List<Dialect> dialects, Exception error, Context context) {
        String id = UUID.randomUUID().toString();
        LOG.error("Error {} in {} {}", id, context.method(), context.path(), error);
        if (dialects.stream().anyMatch(dialect -> dialect.answerFailure(context, error, id))) {
            return;
        }
        context.status(HttpStatus.INTERNAL_SERVER_ERROR)
                .json(Map.of("message", "something went wrong; the log has it as error " + id));
    }
}
