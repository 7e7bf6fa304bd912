package io.patchway.api.clc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code /v2} and {@code /rest/servers}: speaks as CenturyLink Cloud does. */
public final class ClcDoor implements Dialect {
    private static final String USER = "clc.user";
    private static final String SCHEME = "Bearer ";

    private final Function<String, Optional<User>> tokens;
    private final List<ClcResource> resources;

    /**
     * @param tokens whom a bearer token belongs to; empty when it counts no more
     * @param resources the groups of paths that it serves
     */
    public ClcDoor(Function<String, Optional<User>> tokens, List<ClcResource> resources) {
        this.tokens = tokens;
        this.resources = List.copyOf(resources);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before("/v2/*", this::admit);
        routes.before("/rest/servers/*", this::admit);
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
        User user = context.attribute(USER);
        if (user == null || !user.role().covers(least) || !user.mayWorkUnder(alias)) {
            throw new ClcRefusal(403, "You do not have permission to do this under the account alias " + alias + ".");
        }
        return user;
    }

    private void admit(Context context) {
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        User user = Optional.of(given)
                .filter(header -> header.startsWith(SCHEME))
                .flatMap(
                        header -> tokens.apply(header.substring(SCHEME.length()).strip()))
                .orElseThrow(() -> new ClcRefusal(401, "Authorization has been denied for this request."));
        context.attribute(USER, user);
    }

    private static void refuse(ClcRefusal refusal, Context context) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", refusal.getMessage());
        if (!refusal.modelState().isEmpty()) {
            body.putPOJO("modelState", refusal.modelState());
        }
        context.status(refusal.status()).json(body);
    }
}
