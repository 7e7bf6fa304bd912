package io.patchway.api.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.patchway.api.Dialect;
import io.patchway.api.RefusedCallers;
import io.patchway.audit.AuditLog;
import io.patchway.run.BadCursorException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Patchway's own HTTP API. Every call needs the bearer token, which is checked before anything else is read. */
public final class WebApi implements Dialect {
    static final int MOST_REFUSALS = 10;

    private final ApiToken token;
    private final AuditLog audit;
    private final RefusedCallers refused;
    private final List<Resource> resources;

    /** @param resources the groups of paths that it serves */
    public WebApi(ApiToken token, AuditLog audit, Clock clock, List<Resource> resources) {
        this.token = token;
        this.audit = audit;
        this.refused = new RefusedCallers(MOST_REFUSALS, clock);
        this.resources = List.copyOf(resources);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before("/api/*", this::admit);
        resources.forEach(resource -> resource.addTo(routes));
        routes.exception(BadCursorException.class, WebApi::refuse);
    }

    private void admit(Context context) {
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

    private static void refuse(BadCursorException refusal, Context context) {
        context.status(HttpStatus.BAD_REQUEST).json(Map.of("message", String.valueOf(refusal.getMessage())));
    }
}
