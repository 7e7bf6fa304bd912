package io.patchway.api.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.patchway.audit.AuditLog;
import io.patchway.run.BadCursorException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Patchway's own HTTP API. Every call needs the bearer token, which is checked before anything else is read. */
public final class WebApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebApi.class);
    private static final long STOP_MILLISECONDS = 10_000;

    private final Javalin server;

    /** @param resources the groups of paths that it serves */
    public WebApi(ApiToken token, AuditLog audit, Clock clock, List<Resource> resources) {
        RefusedCallers refused = new RefusedCallers(clock);
        this.server = Javalin.create(config -> {
            configure(config);
            config.routes.before("/api/*", context -> admit(context, token, refused, audit));
            resources.forEach(resource -> resource.addTo(config.routes));
            config.routes.exception(HttpResponseException.class, WebApi::refuse);
            config.routes.exception(BadCursorException.class, WebApi::refuse);
            config.routes.exception(Exception.class, WebApi::fail);
        });
    }

    /**
     * Opens the door.
     *
     * @param host address to listen on
     * @param port 0 for any free one
     */
    public WebApi start(String host, int port) {
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

    private static void admit(Context context, ApiToken token, RefusedCallers refused, AuditLog audit) {
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        if (token.admits(given)) {
            return;
        }
        audit.record(
                "api " + context.ip(),
                "api.refused",
                context.method() + " " + context.path(),
                given.isEmpty() ? "no bearer token was given" : "what was given is not the bearer token");
        boolean tooMany = refused.isOneTooMany(context.ip());
        if (tooMany) {
            context.header("Retry-After", Long.toString(RefusedCallers.SPAN.toSeconds()));
            throw new TooManyRequestsResponse("too many calls without the right token; wait a minute");
        }
        context.header("WWW-Authenticate", "Bearer");
        throw new UnauthorizedResponse("a bearer token is needed");
    }

    private static void refuse(HttpResponseException refusal, Context context) {
        context.status(refusal.getStatus()).json(Map.of("message", String.valueOf(refusal.getMessage())));
    }

    private static void refuse(BadCursorException refusal, Context context) {
        context.status(HttpStatus.BAD_REQUEST).json(Map.of("message", String.valueOf(refusal.getMessage())));
    }

    private static void fail(Exception error, Context context) {
        UUID id = UUID.randomUUID();
        LOG.error("Error {} in {} {}", id, context.method(), context.path(), error);
        context.status(HttpStatus.INTERNAL_SERVER_ERROR)
                .json(Map.of("message", "something went wrong; the log has it as error " + id));
    }
}
