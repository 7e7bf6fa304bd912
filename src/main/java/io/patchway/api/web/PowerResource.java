package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.patchway.api.RepeatedRequests;
import io.patchway.api.Turns;
import io.patchway.config.MachineOrderDocument;
import io.patchway.config.document.BadDocumentException;
import io.patchway.run.ExecutionIds;
import io.patchway.run.MachineOrders;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RunLedger;
import io.patchway.run.TooBusyException;
import io.patchway.run.machine.ForgottenSnapshots;
import io.patchway.run.machine.MachineAnswer;
import io.patchway.run.machine.MachineDesk;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.Inventory;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /api/servers/{id}/power} and {@code snapshots} beside it: whether a machine runs, its snapshot, and what is to
 * be done to it.
 */
public final class PowerResource implements Resource {
    private static final String REQUESTER = "api";

    private final Inventory inventory;
    private final MachineDesk desk;
    private final Machines machines;
    private final ForgottenSnapshots forgotten;
    private final ExecutionIds ids;
    private final RepeatedRequests repeated;
    private final Turns turns = new Turns();

    public PowerResource(
            Inventory inventory,
            MachineDesk desk,
            Machines machines,
            ForgottenSnapshots forgotten,
            ExecutionIds ids,
            RunLedger ledger,
            Clock clock) {
        this.inventory = inventory;
        this.desk = desk;
        this.machines = machines;
        this.forgotten = forgotten;
        this.ids = ids;
        this.repeated = new RepeatedRequests(ledger, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/servers/{id}/power", this::get);
        routes.post("/api/servers/{id}/power", this::post);
        routes.delete("/api/servers/{id}/snapshots/{name}", this::forget);
    }

    /** 200 with the power state and the snapshot; 404 when there is no such server. */
    private void get(Context context) {
        ServerId server =
                ServersResource.find(inventory, context.pathParam("id")).id();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("server", server.value());
        document.put("powerState", machines.states().stateOf(server).name().toLowerCase(Locale.ROOT));
        machines.snapshots().of(server).ifPresent(snapshot -> document.set("snapshot", document(snapshot)));
        context.json(document);
    }

    private static ObjectNode document(Snapshot snapshot) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", snapshot.name())
                .put("certain", snapshot.certain())
                .put("createdAt", snapshot.createdAt().toString())
                .put("expiresAt", snapshot.expiresAt().toString());
    }

    /**
     * 202 with the run; 200 when the machine is in that state already; 400 when the body makes no sense, 404 when there
     * is no such server, 409 with the reason when it cannot be done, 429 when there is too much to do.
     */
    private void post(Context context) throws IOException {
        ServerId server =
                ServersResource.find(inventory, context.pathParam("id")).id();
        byte[] body = RequestsResource.body(context);
        MachineOrderDocument order;
        try {
            order = MachineOrderDocument.read("request body", body);
        } catch (BadDocumentException e) {
            ObjectNode refusal = JsonNodeFactory.instance.objectNode();
            var problems = refusal.putArray("problems");
            e.problems().forEach(problem -> problems.add(problem.toString()));
            context.status(HttpStatus.BAD_REQUEST).json(refusal);
            return;
        }
        MachineOrders orders = orders(order, server);
        try {
            answer(context, turns.take(server.value(), () -> {
                String print = repeated.byContent(REQUESTER + " power " + server, body);
                Origin origin = new Origin("api " + context.ip(), REQUESTER, Optional.of(print), Optional.empty());
                return desk.ask(order.operation(), List.of(server.value()), orders, origin)
                        .getFirst();
            }));
        } catch (TooBusyException e) {
            context.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header("Retry-After", Long.toString(e.retryAfter().toSeconds()))
                    .json(message(e.getMessage()));
        } catch (RefusedRequestException e) {
            context.status(HttpStatus.BAD_REQUEST).json(message(e.getMessage()));
        }
    }

    /**
     * Forgets a snapshot without deleting it: 204 when that is done; 400 when the parameter {@code forget=true} is
     * missing, 404 when there is no such server or snapshot, 409 while the server is being worked on.
     */
    private void forget(Context context) {
        ServerId server =
                ServersResource.find(inventory, context.pathParam("id")).id();
        if (!"true".equals(context.queryParam("forget"))) {
            context.status(HttpStatus.BAD_REQUEST)
                    .json(message("forget=true is missing: this forgets a snapshot and deletes nothing; a snapshot is "
                            + "deleted by the operation deleteSnapshot at /api/servers/" + server + "/power"));
            return;
        }
        Optional<Snapshot> snapshot =
                machines.snapshots().of(server).filter(known -> known.name().equals(context.pathParam("name")));
        if (snapshot.isEmpty()) {
            context.status(HttpStatus.NOT_FOUND).json(message(server + " has no such snapshot"));
            return;
        }
        forgotten
                .forget(snapshot.get(), "api " + context.ip(), "which was not deleted")
                .ifPresentOrElse(
                        reason -> context.status(HttpStatus.CONFLICT).json(message(server + " " + reason)),
                        () -> context.status(HttpStatus.NO_CONTENT));
    }

    /** There is one snapshot at most, so nobody needs to name it. */
    private MachineOrders orders(MachineOrderDocument order, ServerId server) {
        return switch (order.operation()) {
            case CREATE_SNAPSHOT -> MachineOrders.keptFor(order.days());
            case RESTORE_SNAPSHOT, DELETE_SNAPSHOT ->
                machines.snapshots()
                        .of(server)
                        .map(snapshot -> MachineOrders.about(snapshot.name()))
                        .orElse(MachineOrders.about(""));
            default -> MachineOrders.NONE;
        };
    }

    private void answer(Context context, MachineAnswer answer) {
        switch (answer) {
            case MachineAnswer.Queued queued ->
                context.status(HttpStatus.ACCEPTED)
                        .json(JsonNodeFactory.instance
                                .objectNode()
                                .put("server", queued.server())
                                .put("runId", queued.run().toString())
                                .put("executionId", ids.of(queued.number())));
            case MachineAnswer.AlreadySo so -> context.json(message(so.server() + " is in that state already"));
            case MachineAnswer.Refused refused ->
                context.status(HttpStatus.CONFLICT).json(message(refused.server() + " " + refused.reason()));
        }
    }

    private static ObjectNode message(String text) {
        return JsonNodeFactory.instance.objectNode().put("message", text);
    }
}
