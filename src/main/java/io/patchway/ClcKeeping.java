package io.patchway;

import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.operation.ExecutePackageResource;
import io.patchway.api.clc.operation.OperationLookup;
import io.patchway.api.clc.operation.PackageDesk;
import io.patchway.api.clc.operation.PackageGate;
import io.patchway.api.clc.operation.PackagesResource;
import io.patchway.api.clc.operation.RunLookup;
import io.patchway.api.clc.operation.StatusResource;
import io.patchway.audit.AuditLog;
import io.patchway.config.BadSettingException;
import io.patchway.config.Settings;
import io.patchway.run.ExecutionIds;
import io.patchway.run.RequestDesk;
import io.patchway.run.RunLedger;
import io.patchway.run.ScriptPackages;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlExecutions;
import io.patchway.store.SqlServerSystems;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that take operations in the words of CenturyLink Cloud, and tell how they stand. */
final class ClcKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(ClcKeeping.class);

    private final SqlExecutions executions;
    private final SqlServerSystems systems;
    private final ScriptPackages packages;
    private final ClcServers servers;
    private final ExecutionIds ids;
    private final Clock clock;

    ClcKeeping(Settings settings, Database database, Inventory inventory, ScriptPackages packages, Clock clock) {
        this.executions = new SqlExecutions(database);
        this.systems = new SqlServerSystems(database);
        this.packages = packages;
        this.ids = new MachineSettings(settings).executionIds();
        this.servers = servers(settings, inventory, ids);
        this.clock = clock;
        servers.ambiguities().forEach(LOG::error);
    }

    private static ClcServers servers(Settings settings, Inventory inventory, ExecutionIds ids) {
        try {
            return new ClcServers(inventory, ids, UserKeeping.account(settings).alias());
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("patchway.clc.alias", e.getMessage());
        }
    }

    /** Servers by the ids that clients know. */
    ClcServers servers() {
        return servers;
    }

    /** What it serves. */
    List<ClcResource> resources(RequestDesk desk, RunLedger ledger, AuditLog audit) {
        PackageGate gate = new PackageGate(executions, systems);
        PackageDesk packageDesk = new PackageDesk(desk, packages, servers, gate, ledger, audit, clock);
        List<OperationLookup> lookups = List.of(new RunLookup(executions));
        return List.of(
                new ExecutePackageResource(packageDesk, ids),
                new StatusResource(lookups, servers, ids, clock),
                new PackagesResource(packages));
    }
}
