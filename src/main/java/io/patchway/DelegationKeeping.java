package io.patchway;

import io.patchway.config.Settings;
import io.patchway.routes.CamelSite;
import io.patchway.routes.DelegationRoutes;
import io.patchway.run.RunLedger;
import io.patchway.run.RunPolicy;
import io.patchway.run.ScriptPackages;
import io.patchway.run.step.Delegation;
import io.patchway.server.ConnectionSettings.Http;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;

/** The parts of Patchway that hand servers over to other sites. */
final class DelegationKeeping implements AutoCloseable {
    private static final Duration REMOTE_DEADLINE = Duration.ofHours(6);

    private final CamelSite site;
    private final DelegationRoutes routes;

    /**
     * Adds the routes.
     *
     * @param policy how patient a run is here; how long a site may take is a setting of its own
     */
    DelegationKeeping(
            CamelContext camel,
            Settings settings,
            Inventory inventory,
            ScriptPackages packages,
            RunLedger ledger,
            RunPolicy policy,
            Clock clock)
            throws Exception {
        Duration deadline = settings.duration("patchway.run.remote-deadline", REMOTE_DEADLINE);
        List<Http> sites = inventory.all().stream()
                .map(Server::connection)
                .filter(Http.class::isInstance)
                .map(Http.class::cast)
                .toList();
        this.site = new CamelSite(camel, clock);
        this.routes =
                new DelegationRoutes(new Delegation(site, packages, ledger, policy, deadline, clock), sites, clock);
        camel.addRoutes(routes);
    }

    @Override
    public void close() throws IOException {
        routes.close();
        site.close();
    }
}
