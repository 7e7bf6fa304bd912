package io.patchway.api.clc.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.run.ExecutionIds;
import io.patchway.run.ExecutionNumber;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code GET /v2/operations/{alias}/status/{statusId}}: asked many times a second by everybody who waits. */
public final class StatusResource implements ClcResource {
    private static final int MOST_ANSWERS = 20_000;
    /** So many questions go to the database at a time, whoever asks; patching needs it, too. */
    private static final int PLACES = 4;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<OperationLookup> lookups;
    private final ClcServers servers;
    private final ExecutionIds ids;
    private final AnswerCache answers;
    private final Semaphore places = new Semaphore(PLACES);

    /** @param lookups every kind of operations that have a status */
    public StatusResource(List<OperationLookup> lookups, ClcServers servers, ExecutionIds ids, Clock clock) {
        this.lookups = List.copyOf(lookups);
        this.servers = servers;
        this.ids = ids;
        this.answers = new AnswerCache(MOST_ANSWERS, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v2/operations/{alias}/status/{statusId}", this::get);
    }

    /** 200 with the status; 404 when the account has no operation of this id. */
    private void get(Context context) {
        String alias = context.pathParam("alias");
        User user = ClcDoor.caller(context, Role.VIEWER, alias);
        StatusAnswer answer = ids.read(context.pathParam("statusId"))
                .flatMap(this::answer)
                .filter(found -> isUnder(alias, found.server(), user))
                .orElseThrow(() -> new ClcRefusal(404, "There is no operation with this id."));
        context.contentType("application/json").result(answer.body());
    }

    /** Nobody can say any more whose a server was that has left the inventory; who may see all sees that too. */
    private boolean isUnder(String alias, ServerId id, User user) {
        return servers.find(id)
                .map(server -> servers.aliasOf(server).equalsIgnoreCase(alias))
                .orElse(user.aliases().isEmpty());
    }

    private Optional<StatusAnswer> answer(ExecutionNumber number) {
        Optional<StatusAnswer> kept = answers.find(number);
        if (kept.isPresent()) {
            return kept;
        }
        if (!places.tryAcquire()) {
            Optional<StatusAnswer> stale = answers.findStale(number);
            if (stale.isPresent()) {
                return stale;
            }
            places.acquireUninterruptibly();
        }
        try {
            return looked(number);
        } finally {
            places.release();
        }
    }

    private Optional<StatusAnswer> looked(ExecutionNumber number) {
        Optional<OperationStatus> status =
                lookups.stream().flatMap(lookup -> lookup.find(number).stream()).findFirst();
        return status.map(found -> {
            StatusAnswer answer = new StatusAnswer(found.server(), body(number, found));
            answers.keep(number, answer, found.settled());
            return answer;
        });
    }

    private byte[] body(ExecutionNumber number, OperationStatus status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("status", status.word().word());
        body.put("executionId", ids.of(number));
        Optional<Server> server = servers.find(status.server());
        body.put("server", server.map(servers::idOf).orElse(status.server().value()));
        body.setAll(status.facts());
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
    }
}
