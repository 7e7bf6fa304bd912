package io.patchway.api.clc.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcRequest;
import io.patchway.api.clc.ClcResource;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Value;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.machine.MachineAnswer;
import io.patchway.run.machine.Snapshot;
import io.patchway.run.machine.Snapshots;
import io.patchway.server.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The calls about snapshots: they are created on several servers at once, restored and deleted one by one. */
public final class MachineSnapshotsResource implements ClcResource {
    private static final int MOST_SERVERS = 20_000;
    private static final int MOST_DAYS = 10;
    private static final Kind<String> SERVER = Kind.line(1, 256);

    /** Some clients write numbers as text. */
    private static final Kind<Integer> DAYS = value -> {
        String text = switch (value) {
            case Value.Number number -> number.literal();
            case Value.Text written -> written.text().strip();
            default -> "";
        };
        if (!text.matches("[1-9][0-9]?") || Integer.parseInt(text) > MOST_DAYS) {
            throw new IllegalArgumentException("must be a whole number from 1 to " + MOST_DAYS);
        }
        return Integer.parseInt(text);
    };

    /** A form has the servers in one text. */
    private static final Kind<List<String>> SERVERS = value -> switch (value) {
        case Value.Text text ->
            Arrays.stream(text.text().split(","))
                    .map(name -> SERVER.read(new Value.Text(text.place(), name.strip())))
                    .toList();
        case Value.Items items
        when !items.values().isEmpty() && items.values().size() <= MOST_SERVERS ->
            items.values().stream().map(SERVER::read).toList();
        default -> throw new IllegalArgumentException("must be a list of 1 to " + MOST_SERVERS + " servers");
    };

    private final MachineCalls calls;
    private final Snapshots snapshots;

    public MachineSnapshotsResource(MachineCalls calls, Snapshots snapshots) {
        this.calls = calls;
        this.snapshots = snapshots;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v2/operations/{alias}/servers/createSnapshot", this::create);
        routes.post(
                "/v2/servers/{alias}/{server}/snapshots/{snapshot}/restore",
                context -> operate(context, Operation.RESTORE_SNAPSHOT));
        routes.delete(
                "/v2/servers/{alias}/{server}/snapshots/{snapshot}",
                context -> operate(context, Operation.DELETE_SNAPSHOT));
    }

    /**
     * 200 with an entity for each distinct server, also when every one is refused; 400 when the body makes no sense,
     * 429 when there is too much to do already; then nothing is done.
     */
    private void create(Context context) {
        String alias = context.pathParam("alias");
        User user = ClcDoor.caller(context, Role.OPERATOR, alias);
        Order order = ClcRequest.readJsonOrForm(context, Order::read);
        MachineOrders orders = MachineOrders.keptFor(order.days());
        context.json(calls.entities(context, user, alias, Operation.CREATE_SNAPSHOT, order.servers(), orders)
                .toJson());
    }

    private record Order(List<String> servers, int days) {
        static Order read(Fields body) {
            return new Order(
                    body.required("serverIds", SERVERS).orElse(List.of()),
                    body.required("snapshotExpirationDays", DAYS).orElse(1));
        }
    }

    /** 200 with the link to the status; 404 when there is no such snapshot, 400 when it cannot be done. */
    private void operate(Context context, Operation operation) {
        String alias = context.pathParam("alias");
        User user = ClcDoor.caller(context, Role.OPERATOR, alias);
        Server server = calls.servers()
                .find(alias, context.pathParam("server"))
                .orElseThrow(() -> new ClcRefusal(404, "Server not found."));
        Snapshot snapshot = snapshots
                .of(server.id())
                .filter(found -> isCalled(found, context.pathParam("snapshot")))
                .orElseThrow(() -> new ClcRefusal(404, "There is no such snapshot of the server."));
        MachineAnswer answer = calls.ask(
                        context, user, operation, List.of(server), MachineOrders.about(snapshot.name()))
                .getFirst();
        switch (answer) {
            case MachineAnswer.Queued queued -> link(context, alias, queued);
            case MachineAnswer.Refused refused ->
                throw new ClcRefusal(
                        400, "The operation cannot be queued: " + server.id() + " " + refused.reason() + ".");
            case MachineAnswer.AlreadySo ignored -> throw new ClcRefusal(404, "There is no such snapshot any more.");
        }
    }

    /** By its number, or by its name. */
    private static boolean isCalled(Snapshot snapshot, String called) {
        return called.equals(Long.toString(snapshot.number())) || called.equalsIgnoreCase(snapshot.name());
    }

    private void link(Context context, String alias, MachineAnswer.Queued queued) {
        String id = calls.ids().statusId(queued.number());
        context.json(JsonNodeFactory.instance
                .objectNode()
                .put("rel", "status")
                .put("href", "/v2/operations/" + alias.toLowerCase(Locale.ROOT) + "/status/" + id)
                .put("id", id));
    }
}
