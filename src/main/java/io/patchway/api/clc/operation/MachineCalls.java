package io.patchway.api.clc.operation;

import io.javalin.http.Context;
import io.patchway.access.User;
import io.patchway.api.RepeatedRequests;
import io.patchway.api.Turns;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.OperationEntities;
import io.patchway.run.ExecutionIds;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RunLedger;
import io.patchway.run.TooBusyException;
import io.patchway.run.machine.MachineAnswer;
import io.patchway.run.machine.MachineDesk;
import io.patchway.server.Server;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands calls about machines in. The same call of the same user within ten seconds is the same operation and gets the
 * same answer.
 */
public final class MachineCalls {
    private final MachineDesk desk;
    private final ClcServers servers;
    private final ExecutionIds ids;
    private final RepeatedRequests repeated;
    private final Turns turns = new Turns();

    public MachineCalls(MachineDesk desk, ClcServers servers, ExecutionIds ids, RunLedger ledger, Clock clock) {
        this.desk = desk;
        this.servers = servers;
        this.ids = ids;
        this.repeated = new RepeatedRequests(ledger, clock);
    }

    ClcServers servers() {
        return servers;
    }

    ExecutionIds ids() {
        return ids;
    }

    /**
     * An entity for each distinct server.
     *
     * @throws ClcRefusal 429 when there is too much to do already; then nothing is done
     */
    OperationEntities entities(
            Context context, User user, String alias, Operation operation, List<String> names, MachineOrders orders) {
        AskedServers asked = AskedServers.of(alias, names, servers);
        Map<String, MachineAnswer> answers = new HashMap<>();
        ask(context, user, operation, asked.found(), orders).forEach(answer -> answers.put(answer.server(), answer));
        OperationEntities entities = new OperationEntities(alias, ids);
        asked.byId()
                .forEach((id, server) -> add(
                        entities, id, server.map(known -> answers.get(known.id().value()))));
        return entities;
    }

    private static void add(OperationEntities entities, String id, Optional<MachineAnswer> answer) {
        switch (answer.orElse(null)) {
            case MachineAnswer.Queued queued -> entities.queued(id, queued.number());
            case MachineAnswer.AlreadySo ignored -> entities.refused(id, OperationEntities.ALREADY_IN_STATE);
            case MachineAnswer.Refused ignored -> entities.refused(id, OperationEntities.CANNOT_BE_QUEUED);
            case null -> entities.refused(id, OperationEntities.CANNOT_BE_QUEUED);
        }
    }

    /** What becomes of each server. */
    List<MachineAnswer> ask(Context context, User user, Operation operation, List<Server> found, MachineOrders orders) {
        List<String> names =
                found.stream().map(server -> server.id().value()).sorted().toList();
        String content = operation + "\n" + orders + "\n" + String.join("\n", names);
        String sender = "clc " + user.name();
        try {
            return turns.take(sender + "\n" + content, () -> {
                String print = repeated.byContent(sender, content.getBytes(StandardCharsets.UTF_8));
                Origin origin = new Origin("clc " + context.ip(), user.name(), Optional.of(print), Optional.empty());
                return desk.ask(operation, names, orders, origin);
            });
        } catch (TooBusyException e) {
            context.header("Retry-After", Long.toString(e.retryAfter().toSeconds()));
            throw new ClcRefusal(429, "Too much is waiting already: " + e.getMessage() + ".");
        } catch (RefusedRequestException e) {
            throw new ClcRefusal(400, "The request is invalid. " + e.getMessage());
        }
    }
}
