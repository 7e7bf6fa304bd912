package io.patchway;

import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.maintenance.MaintenanceLookup;
import io.patchway.api.clc.maintenance.MaintenanceOperations;
import io.patchway.api.clc.operation.OperationLookup;
import io.patchway.api.web.MaintenanceResource;
import io.patchway.api.web.Resource;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.maintenance.MaintenanceWatch;
import io.patchway.maintenance.MarkedInventory;
import io.patchway.maintenance.ToldModes;
import io.patchway.routes.MaintenanceRoutes;
import io.patchway.run.ExecutionIds;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlMaintenanceModes;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;

/** The parts of Patchway that keep maintenance modes. */
final class MaintenanceKeeping {
    /** The property that its route reads. */
    static final String READ_BY_ROUTE = "patchway.maintenance.period";

    private final SqlMaintenanceModes stored;
    private final Clock clock;
    private MarkedInventory marked;

    /**
     * @param node the name of this node in the audit log
     * @param longest how long a mode lasts that is set without an end
     */
    MaintenanceKeeping(Database database, String node, Duration longest, Clock clock) {
        this.stored = new SqlMaintenanceModes(database, node, longest);
        this.clock = clock;
    }

    /** Servers with the tag of those that are in maintenance mode. */
    Inventory marking(Inventory own) {
        marked = new MarkedInventory(own, stored, clock);
        return marked;
    }

    /** The modes; a change that is made through them is seen on this node at once. */
    MaintenanceModes modes() {
        return new ToldModes(stored, () -> marked.lookAgain());
    }

    void addTo(CamelContext camel) throws Exception {
        camel.addRoutes(new MaintenanceRoutes(new MaintenanceWatch(modes(), clock)));
    }

    /** What it serves through Patchway's own API. */
    Resource resource(ExecutionIds ids) {
        return new MaintenanceResource(marked, modes(), ids, clock);
    }

    /** What it serves in the words of CenturyLink Cloud. */
    ClcResource operations(ClcServers servers, ExecutionIds ids) {
        return new MaintenanceOperations(servers, modes(), ids, clock);
    }

    /** Where its operations stand, in the words of CenturyLink Cloud. */
    OperationLookup lookup() {
        return new MaintenanceLookup(stored);
    }
}
