package io.patchway.api.clc;

import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.server.Server;

/** The server that a path with {@code {alias}} and {@code {id}} names. */
public final class ServerPath {
    private ServerPath() {}

    /**
     * Looks it up.
     *
     * @param least what the caller's role must cover
     * @throws ClcRefusal 403 when the role is not enough or the alias is not the caller's, 404 when there is no such
     *     server under it
     */
    public static Server server(Context context, ClcServers servers, Role least) {
        String alias = context.pathParam("alias");
        ClcDoor.caller(context, least, alias);
        return servers.find(alias, context.pathParam("id")).orElseThrow(() -> new ClcRefusal(404, "Server not found"));
    }
}
