package io.patchway.api.clc.operation;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcRequest;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.OperationEntities;
import io.patchway.config.document.Kind;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** {@code POST /v2/operations/{alias}/servers/reboot} and the other calls about the power of machines. */
public final class PowerResource implements ClcResource {
    private static final int MOST_SERVERS = 20_000;
    private static final Kind<String> SERVER = Kind.line(1, 256);
    private static final List<Operation> OPERATIONS = List.of(
            Operation.REBOOT,
            Operation.SHUT_DOWN,
            Operation.RESET,
            Operation.POWER_ON,
            Operation.POWER_OFF,
            Operation.PAUSE);

    private final MachineCalls calls;

    public PowerResource(MachineCalls calls) {
        this.calls = calls;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        OPERATIONS.forEach(operation -> routes.post(
                "/v2/operations/{alias}/servers/" + operation.word(), context -> operate(context, operation)));
        routes.post("/v2/operations/{alias}/servers/archive", this::archive);
    }

    /**
     * 200 with an entity for each distinct server, also when every one is refused; 400 when the body is no list of
     * servers, 429 when there is too much to do already; then nothing is done.
     */
    private void operate(Context context, Operation operation) {
        String alias = context.pathParam("alias");
        User user = ClcDoor.caller(context, Role.OPERATOR, alias);
        List<String> names = ClcRequest.readList(context, 1, MOST_SERVERS, SERVER);
        context.json(calls.entities(context, user, alias, operation, names, MachineOrders.NONE)
                .toJson());
    }

    /** 200, and every server is refused: Patchway keeps no archive of machines. */
    private void archive(Context context) {
        String alias = context.pathParam("alias");
        ClcDoor.caller(context, Role.OPERATOR, alias);
        OperationEntities entities = new OperationEntities(alias, calls.ids());
        List<String> names = ClcRequest.readList(context, 1, MOST_SERVERS, SERVER).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        new LinkedHashSet<>(names).forEach(name -> entities.refused(name, OperationEntities.CANNOT_BE_QUEUED));
        context.json(entities.toJson());
    }
}
