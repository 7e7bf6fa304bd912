package io.patchway.api.clc.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.ServerPath;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.run.ExecutionIds;
import io.patchway.run.History;
import io.patchway.server.Server;
import java.util.List;
import java.util.Optional;

/** {@code /v2/servers/{alias}/{id}}: Get Server. */
public final class ServerResource implements ClcResource {
    private final ClcServers servers;
    private final ServerDocument documents;
    private final ComplianceRecords records;
    private final History history;
    private final ExecutionIds ids;

    ServerResource(
            ClcServers servers,
            ServerDocument documents,
            ComplianceRecords records,
            History history,
            ExecutionIds ids) {
        this.servers = servers;
        this.documents = documents;
        this.records = records;
        this.history = history;
        this.ids = ids;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v2/servers/{alias}/{id}", this::server);
    }

    /**
     * 200 with the server. {@code ?uuid=true} changes nothing: it says that the id is another one of the service's own,
     * and no server here has such a second id, so that it is either known as it is or not found.
     */
    private void server(Context context) {
        Server server = ServerPath.server(context, servers, Role.VIEWER);
        ObjectNode document = documents.of(server, Known.of(List.of(server), records));
        history.installs(server.id(), Optional.empty(), 1).entries().stream()
                .findFirst()
                .ifPresent(newest -> document.withObject("patching")
                        .put("lastExecutionId", ids.of(newest.run().number())));
        context.json(document);
    }
}
