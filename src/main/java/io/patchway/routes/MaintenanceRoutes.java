package io.patchway.routes;

import io.patchway.maintenance.MaintenanceWatch;
import org.apache.camel.builder.RouteBuilder;

/** Ends maintenance modes that are over. */
public final class MaintenanceRoutes extends RouteBuilder {
    private final MaintenanceWatch watch;

    public MaintenanceRoutes(MaintenanceWatch watch) {
        this.watch = watch;
    }

    @Override
    public void configure() {
        from("timer:expire-maintenance?delay=0&period={{patchway.maintenance.period:15000}}")
                .routeId("expire-maintenance")
                .description("Ends maintenance modes that nobody ended in time, and raises an alert for each")
                .process(exchange -> watch.look());
    }
}
