package io.patchway.api.clc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.Dialect;
import io.patchway.api.RefusedCallers;
import io.patchway.audit.AuditLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /v2} and {@code /rest/servers}: speaks as CenturyLink Cloud does. Every call but the login needs a bearer
 * token, which is checked before anything else is read. Who has the right one is admitted whatever others do at its
 * address.
 */
public final class ClcDoor implements Dialect {
    static final int MOST_REFUSALS = 100;

    private static final String USER = "clc.user";
    private static final String SCHEME = "Bearer ";
    private static final List<String> PREFIXES = List.of("/v2/", "/rest/servers/");

    private final Function<String, Optional<User>> tokens;
    private final List<ClcResource> resources;
    private final AuditLog audit;
    private final RefusedCallers refused;

    /** As the other one, but without an audit log. */
    public ClcDoor(Function<String, Optional<User>> tokens, List<ClcResource> resources) {
        this(tokens, resources, (actor, action, subject, detail) -> {}, Clock.systemUTC());
    }

    /**
     * @param tokens whom a bearer token belongs to; empty when it counts no more
     * @param resources the groups of paths that it serves
     */
    public ClcDoor(Function<String, Optional<User>> tokens, List<ClcResource> resources, AuditLog audit, Clock clock) {
        this.tokens = tokens;
        this.resources = List.copyOf(resources);
        this.audit = audit;
        this.refused = new RefusedCallers(MOST_REFUSALS, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        for (String prefix : PREFIXES) {
            routes.before(prefix + "*", this::admit);
            routes.after(prefix + "*", ClcDoor::addHeaders);
        }
        resources.forEach(resource -> resource.addTo(routes));
        routes.exception(ClcRefusal.class, ClcDoor::refuse);
    }

    /**
     * Who makes a call.
     *
     * @param alias the account alias in the path, in any letter case
     * @throws ClcRefusal 403 when the role is not enough, or the alias is not the caller's
     */
    public static User caller(Context context, Role least, String alias) {
        User user = userOf(context);
        if (!user.role().covers(least) || !user.mayWorkUnder(alias)) {
            throw new ClcRefusal(403, "You do not have permission to do this under the account alias " + alias + ".");
        }
        return user;
    }

    /** Who makes a call, whatever it is about. */
    static User userOf(Context context) {
        return Optional.<User>ofNullable(context.attribute(USER)).orElseThrow(ClcDoor::denied);
    }

    /** The bearer token of a call. */
    static Optional<String> tokenOf(Context context) {
        return Optional.ofNullable(context.header("Authorization"))
                .filter(header -> header.startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    private void admit(Context context) {
        if (isLogin(context.path())) {
            return;
        }
        Optional<String> token = tokenOf(context);
        Optional<User> user = token.flatMap(tokens);
        if (user.isEmpty()) {
            throw refusal(context, token.isEmpty() ? "no bearer token was given" : "the bearer token does not count");
        }
        context.attribute(USER, user.get());
    }

    private static boolean isLogin(String path) {
        return path.equals(ClcSignIn.LOGIN) || path.equals(ClcSignIn.LOGIN + "/");
    }

    private ClcRefusal refusal(Context context, String reason) {
        if (refused.isOneTooMany(context.ip())) {
            context.header("Retry-After", Long.toString(RefusedCallers.SPAN.toSeconds()));
            return new ClcRefusal(429, "Too many calls without a valid bearer token. Wait a minute.");
        }
        audit.record("clc " + context.ip(), "clc.refused", context.method() + " " + context.path(), reason);
        context.header("WWW-Authenticate", "Bearer");
        return denied();
    }

    private static ClcRefusal denied() {
        return new ClcRefusal(401, "Authorization has been denied for this request.");
    }

    /** As the real service sent them with each answer. */
    private static void addHeaders(Context context) {
        context.header("Cache-Control", "no-cache").header("Pragma", "no-cache").header("Expires", "-1");
        if (context.status().getCode() != 204) {
            context.contentType("application/json; charset=utf-8");
        }
    }

    private static void refuse(ClcRefusal refusal, Context context) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", refusal.getMessage());
        if (!refusal.modelState().isEmpty()) {
            body.putPOJO("modelState", refusal.modelState());
        }
        context.status(refusal.status()).json(body);
    }

    @Override
    public boolean answerFailure(Context context, Exception error, String id) {
        if (PREFIXES.stream().noneMatch(context.path()::startsWith)) {
            return false;
        }
        refuse(new ClcRefusal(500, "An error has occurred. The log has it as error " + id + "."), context);
        return true;
    }
}
