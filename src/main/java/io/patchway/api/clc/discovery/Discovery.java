package io.patchway.api.clc.discovery;

import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.run.ExecutionIds;
import io.patchway.run.History;
import java.time.Instant;
import java.util.List;

/** Servers and the way to them. */
public final class Discovery {
    private Discovery() {}

    /**
     * What it serves.
     *
     * @param machines who knows whether a machine runs and is in maintenance mode
     * @param inventoryWritten when the list of servers was last changed
     */
    public static List<ClcResource> of(
            ClcServers servers,
            ExecutionIds ids,
            ComplianceRecords records,
            History history,
            Machine.Watcher machines,
            Instant inventoryWritten) {
        ServerDocument documents = new ServerDocument(servers, ids, machines, inventoryWritten);
        GroupDocument groups = new GroupDocument(servers, documents, records, ids, inventoryWritten);
        return List.of(
                new ServerResource(servers, documents, records, history, ids),
                new DiscoveryResource(servers, ids, groups));
    }
}
