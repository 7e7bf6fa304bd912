package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.patchway.config.MaintenanceTerms;
import io.patchway.maintenance.MaintenanceChange;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.run.ExecutionIds;
import io.patchway.run.ExecutionNumber;
import io.patchway.server.Inventory;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /api/maintenance} and {@code /api/servers/{id}/maintenance}: which servers are in maintenance mode, and
 * putting one into it or out of it. 404 for a server that is not in the inventory.
 */
public final class MaintenanceResource implements Resource {
    private static final int SHOWN_CHANGES = 100;
    private static final String NO_REASON = "no reason given";

    private final Inventory inventory;
    private final MaintenanceModes modes;
    private final ExecutionIds ids;
    private final Clock clock;

    /** @param ids how the changes are called */
    public MaintenanceResource(Inventory inventory, MaintenanceModes modes, ExecutionIds ids, Clock clock) {
        this.inventory = inventory;
        this.modes = modes;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/maintenance", this::list);
        routes.get("/api/servers/{id}/maintenance", this::get);
        routes.put("/api/servers/{id}/maintenance", this::enter);
        routes.delete("/api/servers/{id}/maintenance", this::leave);
    }

    /** 200 with all servers that are in maintenance mode. */
    private void list(Context context) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var servers = document.putArray("servers");
        modes.all().forEach(mode -> servers.add(document(mode)));
        context.json(document);
    }

    /** 200 with whether the server is in it, and its newest changes, the newest first. */
    private void get(Context context) {
        context.json(document(server(context)));
    }

    /** 200 with what {@link #get} says from then on; 400 when the body or its end makes no sense. */
    private void enter(Context context) throws IOException {
        ServerId server = server(context);
        MaintenanceTerms terms = OrderReader.read(context, MaintenanceTerms::read);
        Instant now = clock.instant();
        MaintenanceOrder order =
                MaintenanceOrder.enter(actor(context), terms.reason().orElse(NO_REASON), end(terms, now));
        modes.set(Map.of(server, order), now);
        context.json(document(server));
    }

    private static Optional<Instant> end(MaintenanceTerms terms, Instant now) {
        try {
            return terms.end(now);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    /** 204, also when the server was in none. */
    private void leave(Context context) {
        modes.set(Map.of(server(context), MaintenanceOrder.leave(actor(context), NO_REASON)), clock.instant());
        context.status(HttpStatus.NO_CONTENT);
    }

    private ServerId server(Context context) {
        return ServersResource.find(inventory, context.pathParam("id")).id();
    }

    private ObjectNode document(ServerId server) {
        ObjectNode document = modes.of(server)
                .map(MaintenanceResource::document)
                .orElseGet(() -> JsonNodeFactory.instance
                        .objectNode()
                        .put("server", server.value())
                        .put("inMaintenanceMode", false));
        var changes = document.putArray("changes");
        modes.history(server, SHOWN_CHANGES).forEach(change -> changes.add(document(change)));
        return document;
    }

    private static ObjectNode document(MaintenanceMode mode) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("server", mode.server().value())
                .put("inMaintenanceMode", true)
                .put("since", mode.since().toString())
                .put("until", mode.until().toString())
                .put("by", mode.by())
                .put("reason", mode.reason());
        mode.request().ifPresent(request -> document.put("requestId", request.toString()));
        return document;
    }

    private ObjectNode document(MaintenanceChange change) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", ids.of(new ExecutionNumber(change.number())))
                .put("change", change.kind().name())
                .put("at", change.at().toString())
                .put("by", change.by())
                .put("reason", change.reason());
        change.until().ifPresent(end -> document.put("until", end.toString()));
        change.request().ifPresent(request -> document.put("requestId", request.toString()));
        return document;
    }

    private static String actor(Context context) {
        return "api " + context.ip();
    }
}
