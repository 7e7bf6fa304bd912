package io.patchway;

import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.discovery.Discovery;
import io.patchway.api.clc.discovery.Machine;
import io.patchway.api.clc.history.HistoryResource;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.run.ExecutionIds;
import io.patchway.run.History;
import io.patchway.store.Database;
import io.patchway.store.SqlComplianceRecords;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlScanHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the tools of CenturyLink Cloud only read: servers, the way to them, and what was installed on them. */
final class ClcReading {
    private ClcReading() {}

    /**
     * What it serves.
     *
     * @param inventoryFile where the servers are listed
     * @param machines who knows whether a machine runs and is in maintenance mode
     */
    static List<ClcResource> of(
            Database database,
            ClcServers servers,
            ExecutionIds ids,
            Path inventoryFile,
            Machine.Watcher machines,
            Clock clock) {
        History history = new SqlHistory(database);
        ComplianceRecords records = new SqlComplianceRecords(database);
        List<ClcResource> resources = new ArrayList<>(
                Discovery.of(servers, ids, records, history, machines, written(inventoryFile, clock.instant())));
        resources.add(new HistoryResource(servers, history, records, new SqlScanHistory(database), ids, clock));
        return resources;
    }

    /** Without the file, the servers are those of this start. */
    private static Instant written(Path inventoryFile, Instant now) {
        try {
            return Files.getLastModifiedTime(inventoryFile).toInstant();
        } catch (IOException e) {
            return now;
        }
    }
}
