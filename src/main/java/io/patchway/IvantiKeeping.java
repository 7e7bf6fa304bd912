package io.patchway;

import io.patchway.api.Dialect;
import io.patchway.api.ivanti.IvantiDoor;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.Links;
import io.patchway.api.ivanti.job.ConsoleApi;
import io.patchway.api.ivanti.job.ConsoleName;
import io.patchway.api.ivanti.machine.MachineGroups;
import io.patchway.api.web.ApiToken;
import io.patchway.audit.AuditLog;
import io.patchway.config.Settings;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ToldItems;
import io.patchway.console.group.GroupedInventory;
import io.patchway.run.RequestDesk;
import io.patchway.run.RolloutLedger;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlConsoleItems;
import io.patchway.store.SqlJobs;
import io.patchway.store.SqlScanHistory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts that speak as Ivanti Security Controls does. */
final class IvantiKeeping {
    private final Settings settings;
    private final Database database;
    private final String node;
    private final AuditLog audit;
    private final Clock clock;
    private final SqlConsoleItems stored;
    private GroupedInventory grouped;

    /** What work is done on, and how it is handed in and stopped. */
    record Reach(Inventory inventory, RequestDesk desk, RolloutLedger rollouts) {}

    /** @param node the name of this node, which is what the console is called */
    IvantiKeeping(Settings settings, Database database, String node, AuditLog audit, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.node = node;
        this.audit = audit;
        this.clock = clock;
        this.stored = new SqlConsoleItems(database, node);
    }

    /** Servers that are also in the groups that people made in the console. */
    Inventory grouping(Inventory own) {
        grouped = new GroupedInventory(own, stored, MachineGroups::content, clock);
        return grouped;
    }

    /** The door; {@code ownToken} is that of Patchway's own API, which may do everything. */
    Dialect door(Reach reach, UserKeeping users, ApiToken ownToken) {
        ConsoleItems items = new ToldItems(stored, grouped::lookAgain);
        IvantiSignIn signIn = new IvantiSignIn(settings, users, items, clock);
        Links links = new Links(settings.text("patchway.api.public-url"), IvantiSignIn.behindProxy(settings));
        List<IvantiResource> resources = new ArrayList<>(resources(reach, items, signIn));
        resources.addAll(signIn.resources());
        return new IvantiDoor(signIn.methods(node, ownToken), links, audit, clock, resources);
    }

    private List<IvantiResource> resources(Reach reach, ConsoleItems items, IvantiSignIn signIn) {
        return new ConsoleApi(
                        new ConsoleName(node),
                        version(),
                        reach.inventory(),
                        grouped.own(),
                        reach.desk(),
                        reach.rollouts(),
                        new SqlJobs(database, node, clock),
                        items,
                        new SqlScanHistory(database),
                        signIn::isCredential,
                        audit,
                        clock)
                .resources();
    }

    private static String version() {
        return Optional.ofNullable(IvantiKeeping.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }
}
