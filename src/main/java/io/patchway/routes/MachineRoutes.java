package io.patchway.routes;

import io.patchway.run.machine.MachineWatch;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.ServerId;
import org.apache.camel.builder.RouteBuilder;

/** Has expired snapshots deleted, and notices machines that run again. */
public final class MachineRoutes extends RouteBuilder {
    private final MachineWatch watch;

    public MachineRoutes(MachineWatch watch) {
        this.watch = watch;
    }

    @Override
    public void configure() {
        from("timer:claim-expired-snapshots?delay=1000&period={{patchway.machines.period:60000}}")
                .routeId("claim-expired-snapshots")
                .description("Has snapshots deleted whose time is over, each by one node")
                .transform()
                .exchange(exchange -> watch.claimExpired())
                .split(body())
                .process(exchange -> watch.delete(exchange.getMessage().getMandatoryBody(Snapshot.class)));

        from("timer:claim-stopped-machines?delay=1000&period={{patchway.machines.period:60000}}")
                .routeId("claim-stopped-machines")
                .description("Takes the machines that were stopped, to look whether they run again")
                .transform()
                .exchange(exchange -> watch.notStarted())
                .split(body())
                .to("seda:stopped-machines?size=1000&discardWhenFull=true");

        from("seda:stopped-machines?size=1000&concurrentConsumers=4")
                .routeId("look-at-stopped-machine")
                .description("Looks once whether a stopped machine runs again")
                .process(exchange -> watch.lookAt(exchange.getMessage().getMandatoryBody(ServerId.class)));
    }
}
