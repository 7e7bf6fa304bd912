package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.patchway.access.AccessKey;
import io.patchway.access.KeyDesk;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.config.AccessKeyOrder;
import java.io.IOException;
import java.util.Locale;

/** {@code /api/access-keys}: issues, shows, replaces and revokes the keys that clients sign their calls with. */
public final class AccessKeysResource implements Resource {
    private final KeyDesk desk;

    public AccessKeysResource(KeyDesk desk) {
        this.desk = desk;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/access-keys", this::list);
        routes.post("/api/access-keys", this::issue);
        routes.post("/api/access-keys/{id}/rotation", this::rotate);
        routes.delete("/api/access-keys/{id}", this::revoke);
    }

    /** 200 with every key, also those that are no longer valid; never with a secret. */
    private void list(Context context) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var list = document.putArray("accessKeys");
        desk.all().forEach(key -> list.add(document(key)));
        context.json(document);
    }

    /** 201 with the key and its secret, which is never shown again; 400 when the order is wrong. */
    private void issue(Context context) throws IOException {
        AccessKeyOrder.Issue order = OrderReader.read(context, AccessKeyOrder::issue);
        try {
            answer(context, desk.issue(order.account(), order.role(), order.validFor(), actor(context)));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    /** 201 with a key that takes the place of another; 404 when there is no such key that is valid. */
    private void rotate(Context context) throws IOException {
        AccessKeyOrder.Rotation order = OrderReader.read(context, AccessKeyOrder::rotation);
        answer(
                context,
                desk.rotate(context.pathParam("id"), order.keepFor(), actor(context))
                        .orElseThrow(AccessKeysResource::unknown));
    }

    /** 204; 404 when there is no such key, or it was revoked already. */
    private void revoke(Context context) {
        if (!desk.revoke(context.pathParam("id"), actor(context))) {
            throw unknown();
        }
        context.status(HttpStatus.NO_CONTENT);
    }

    private static void answer(Context context, Issued issued) {
        context.status(HttpStatus.CREATED).json(document(issued.key()).put("secret", issued.secret()));
    }

    private static ObjectNode document(AccessKey key) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", key.id())
                .put("account", key.account())
                .put("role", key.role().name().toLowerCase(Locale.ROOT))
                .put("createdAt", key.createdAt().toString());
        key.expiresAt().ifPresent(end -> document.put("expiresAt", end.toString()));
        key.revokedAt().ifPresent(end -> document.put("revokedAt", end.toString()));
        key.lastUsedAt().ifPresent(use -> document.put("lastUsedAt", use.toString()));
        return document;
    }

    private static String actor(Context context) {
        return "api " + context.ip();
    }

    private static NotFoundResponse unknown() {
        return new NotFoundResponse("there is no such access key that is valid");
    }
}
