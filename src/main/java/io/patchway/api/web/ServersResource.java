package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.patchway.run.ExecutionIds;
import io.patchway.run.History;
import io.patchway.run.History.ServerHistory;
import io.patchway.run.Page;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;

/** {@code /api/servers}: what was done to a server. */
public final class ServersResource implements Resource {
    private final History history;
    private final ExecutionIds ids;

    /** @param ids how server runs are called */
    public ServersResource(History history, ExecutionIds ids) {
        this.history = history;
        this.ids = ids;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/servers/{id}/history", this::history);
    }

    /** 200 with its runs and their patches, the newest first; an unknown server has none. */
    private void history(Context context) {
        ServerId server = server(context.pathParam("id"));
        int limit = PageQuery.limit(context);
        Page<ServerHistory> page = history.runs(server, PageQuery.cursor(context), limit);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("server", server.value());
        var runs = document.putArray("runs");
        page.entries()
                .forEach(entry -> runs.add(ReportDocument.run(entry.run(), ids)
                        .put("requestId", entry.request().toString())));
        page.next()
                .ifPresent(next -> document.put(
                        "next", "/api/servers/" + server.value() + "/history?limit=" + limit + "&cursor=" + next));
        context.json(document);
    }

    /** A server of the inventory; the answer is 404 when it has none of this id. */
    static Server find(Inventory inventory, String id) {
        return inventory
                .find(server(id))
                .orElseThrow(() -> new NotFoundResponse("there is no such server in the inventory"));
    }

    static ServerId server(String text) {
        try {
            return new ServerId(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundResponse("there is no such server");
        }
    }
}
