package io.patchway.api.clc.maintenance;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcRequest;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.OperationEntities;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Value;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.run.ExecutionIds;
import io.patchway.run.ExecutionNumber;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v2/operations/{accountAlias}/servers/startMaintenance}, {@code stopMaintenance} and {@code setMaintenance}.
 *
 * <p>Each answers 200 with one entity per distinct server, in the order of the request. A change is done when it is
 * answered: its status is {@code succeeded}. The query parameter {@code hours}, which the real service did not have,
 * says when a mode expires.
 */
public final class MaintenanceOperations implements ClcResource {
    private static final int MOST_SERVERS = 20_000;
    private static final int MOST_HOURS = 24 * 366;
    private static final Kind<String> SERVER = Kind.line(1, 256);

    private final ClcServers servers;
    private final MaintenanceModes modes;
    private final ExecutionIds ids;
    private final Clock clock;

    public MaintenanceOperations(ClcServers servers, MaintenanceModes modes, ExecutionIds ids, Clock clock) {
        this.servers = servers;
        this.modes = modes;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        String base = "/v2/operations/{accountAlias}/servers/";
        routes.post(base + "startMaintenance", context -> setAll(context, true));
        routes.post(base + "stopMaintenance", context -> setAll(context, false));
        routes.post(base + "setMaintenance", this::setEach);
    }

    /** The body is a list of server ids. */
    private void setAll(Context context, boolean on) {
        User user = caller(context);
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        ClcRequest.readList(context, 1, MOST_SERVERS, SERVER).forEach(id -> wanted.put(id, on));
        answer(context, user, wanted);
    }

    /** The body says of each server what is wanted. */
    private void setEach(Context context) {
        User user = caller(context);
        List<Wanted> entries = ClcRequest.read(
                context,
                fields -> fields.need("servers")
                        .lenientGroups("servers", 1, MOST_SERVERS, MaintenanceOperations::wanted));
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        for (Wanted entry : entries) {
            Boolean earlier = wanted.putIfAbsent(entry.id().toLowerCase(Locale.ROOT), entry.on());
            if (earlier != null && earlier != entry.on()) {
                throw refusal("body.servers", "says two different things about " + entry.id());
            }
        }
        answer(context, user, wanted);
    }

    private static Optional<Wanted> wanted(Fields fields) {
        Optional<String> id = fields.required("id", SERVER);
        Optional<Boolean> on = fields.required("inMaintenanceMode", MaintenanceOperations::truth);
        return id.flatMap(server -> on.map(mode -> new Wanted(server, mode)));
    }

    /** The published example has the flag as a text. */
    private static boolean truth(Value value) {
        if (value instanceof Value.Text text
                && text.text().toLowerCase(Locale.ROOT).matches("true|false")) {
            return Boolean.parseBoolean(text.text());
        }
        return Kind.truth().read(value);
    }

    private static User caller(Context context) {
        return ClcDoor.caller(context, Role.OPERATOR, context.pathParam("accountAlias"));
    }

    /** @param wanted by the ids in the request, in its order */
    private void answer(Context context, User user, Map<String, Boolean> wanted) {
        String alias = context.pathParam("accountAlias");
        Instant now = clock.instant();
        Optional<Instant> end = hours(context).map(hours -> now.plus(Duration.ofHours(hours)));
        Map<String, Optional<Server>> asked = new LinkedHashMap<>();
        Map<ServerId, MaintenanceOrder> orders = new LinkedHashMap<>();
        wanted.forEach((id, on) -> {
            Optional<Server> server = servers.find(alias, id);
            asked.putIfAbsent(server.map(servers::idOf).orElse(id.toLowerCase(Locale.ROOT)), server);
            server.ifPresent(found -> orders.merge(found.id(), order(user, on, end), (first, second) -> {
                if (first.on() != second.on()) {
                    throw refusal("body.servers", "says two different things about " + id);
                }
                return first;
            }));
        });
        Map<ServerId, Long> numbers = orders.isEmpty() ? Map.of() : modes.set(orders, now);
        OperationEntities answer = new OperationEntities(alias, ids);
        asked.forEach((id, server) -> server.ifPresentOrElse(
                found -> add(answer, id, Optional.ofNullable(numbers.get(found.id()))),
                () -> answer.refused(id, OperationEntities.CANNOT_BE_QUEUED)));
        context.json(answer.toJson());
    }

    private static void add(OperationEntities answer, String id, Optional<Long> change) {
        change.ifPresentOrElse(
                number -> answer.queued(id, new ExecutionNumber(number)),
                () -> answer.refused(id, OperationEntities.ALREADY_IN_STATE));
    }

    private static MaintenanceOrder order(User user, boolean on, Optional<Instant> end) {
        String reason = "asked for through the API of CenturyLink Cloud";
        return on ? MaintenanceOrder.enter(user.name(), reason, end) : MaintenanceOrder.leave(user.name(), reason);
    }

    private static Optional<Long> hours(Context context) {
        String given = context.queryParam("hours");
        if (given == null) {
            return Optional.empty();
        }
        if (!given.matches("[1-9][0-9]{0,4}") || Integer.parseInt(given) > MOST_HOURS) {
            throw refusal("query.hours", "must be a whole number from 1 to " + MOST_HOURS);
        }
        return Optional.of(Long.parseLong(given));
    }

    private static ClcRefusal refusal(String field, String why) {
        return new ClcRefusal(400, "The request is invalid.", Map.of(field, List.of(why)));
    }

    /** What is wanted of one server. */
    private record Wanted(String id, boolean on) {}
}
