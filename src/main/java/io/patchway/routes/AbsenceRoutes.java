package io.patchway.routes;

import io.patchway.run.AbsenceWatch;
import io.patchway.run.Absences.Absence;
import org.apache.camel.builder.RouteBuilder;

/** Looks for servers that did not return from a reboot in time; each costs a row, and a look now and then. */
public final class AbsenceRoutes extends RouteBuilder {
    private final AbsenceWatch watch;

    public AbsenceRoutes(AbsenceWatch watch) {
        this.watch = watch;
    }

    @Override
    public void configure() {
        from("timer:claim-due-absences?delay=0&period={{patchway.absences.period:15000}}")
                .routeId("claim-due-absences")
                .description("Takes the absent servers that are due to be looked for")
                .transform()
                .exchange(exchange -> watch.claimDue())
                .split(body())
                .to("seda:absences?size=1000");

        from("seda:absences?size=1000&concurrentConsumers=4")
                .routeId("look-for-absent-server")
                .description("Looks once whether an absent server is back")
                .process(exchange -> watch.lookFor(exchange.getMessage().getMandatoryBody(Absence.class)));
    }
}
