package io.patchway.api.clc.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.ServerPath;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.BadCursorException;
import io.patchway.run.ExecutionIds;
import io.patchway.run.History;
import io.patchway.run.History.ServerHistory;
import io.patchway.run.Operation;
import io.patchway.run.Page;
import io.patchway.run.RequestSummary;
import io.patchway.run.ScanHistory;
import io.patchway.scan.HostProduct;
import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import io.patchway.server.Server;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /rest/servers/{alias}/server/{id}/patch}: what was installed on a server and how that went. Every run that
 * installs is here, whoever asked for it and in whatever words; runs that only look are not.
 *
 * <p>The service knew no pages. An answer has the 100 newest executions, so that it stays small however long a server
 * is patched; {@code ?limit=} asks for fewer, and the header {@code Link} leads to the older ones.
 */
public final class HistoryResource implements ClcResource {
    private static final int MOST = 100;

    private final ClcServers servers;
    private final History history;
    private final ComplianceRecords records;
    private final PlannedPatches planned;
    private final ExecutionIds ids;
    private final Clock clock;

    public HistoryResource(
            ClcServers servers,
            History history,
            ComplianceRecords records,
            ScanHistory scans,
            ExecutionIds ids,
            Clock clock) {
        this.servers = servers;
        this.history = history;
        this.records = records;
        this.planned = new PlannedPatches(scans);
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/rest/servers/{alias}/server/{id}/patch", this::list);
        routes.get("/rest/servers/{alias}/server/{id}/patch/{execution}", this::detail);
    }

    private void list(Context context) {
        Server server = ServerPath.server(context, servers, Role.VIEWER);
        int limit = limit(context);
        Page<ServerHistory> page = page(server, Optional.ofNullable(context.queryParam("cursor")), limit);
        Optional<PatchFamily> family = family(server);
        ArrayNode executions = JsonNodeFactory.instance.arrayNode();
        page.entries().stream()
                .map(ServerHistory::run)
                .forEach(run ->
                        executions.add(HistoryDocument.summary(ids.of(run.number()), Execution.of(run), family)));
        page.next()
                .map(next -> "<%s?limit=%d&cursor=%s>; rel=\"next\""
                        .formatted(context.path(), limit, URLEncoder.encode(next, StandardCharsets.UTF_8)))
                .ifPresent(link -> context.header("Link", link));
        context.json(executions);
    }

    private void detail(Context context) {
        Server server = ServerPath.server(context, servers, Role.VIEWER);
        ServerHistory found = ids.read(context.pathParam("execution"))
                .flatMap(history::run)
                .filter(entry -> entry.run().server().equals(server.id()))
                .filter(entry -> history.request(entry.request())
                        .map(RequestSummary::operation)
                        .filter(Operation.INSTALL::equals)
                        .isPresent())
                .orElseThrow(() -> new ClcRefusal(404, "Execution not found"));
        Execution execution = Execution.of(found.run());
        context.json(HistoryDocument.detail(
                ids.of(found.run().number()), execution, planned.of(execution), clock.instant()));
    }

    private Page<ServerHistory> page(Server server, Optional<String> cursor, int limit) {
        try {
            return history.installs(server.id(), cursor, limit);
        } catch (BadCursorException e) {
            throw badQuery("cursor", e.getMessage());
        }
    }

    private static int limit(Context context) {
        String given = Optional.ofNullable(context.queryParam("limit")).orElse(String.valueOf(MOST));
        if (!given.matches("[1-9][0-9]{0,2}") || Integer.parseInt(given) > MOST) {
            throw badQuery("limit", "limit must be a whole number from 1 to " + MOST);
        }
        return Integer.parseInt(given);
    }

    private static ClcRefusal badQuery(String name, String why) {
        return new ClcRefusal(400, "The request is invalid.", Map.of("query." + name, List.of(why)));
    }

    /** What the last scan met; else what the inventory says. */
    private Optional<PatchFamily> family(Server server) {
        return records.inForce(server.id())
                .map(ScanSummary::host)
                .flatMap(HostProduct::of)
                .map(HostProduct::operatingSystem)
                .or(server::operatingSystem)
                .map(OperatingSystem::family);
    }
}
