package io.patchway.routes;

import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger.GateCheck;
import io.patchway.run.step.RolloutSteps;
import org.apache.camel.builder.RouteBuilder;

/** Lets the servers of a request go, stage after stage, as its rollout allows. */
public final class RolloutRoutes extends RouteBuilder {
    private final RolloutSteps rollouts;

    public RolloutRoutes(RolloutSteps rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public void configure() {
        from("timer:look-at-rollouts?period={{patchway.rollout.period:200}}")
                .routeId("look-at-rollouts")
                .description("Finds the requests whose rollout may go on")
                .transform()
                .exchange(exchange -> rollouts.due())
                .split(body())
                .to("direct:advance-rollout");

        from("direct:advance-rollout")
                .routeId("advance-rollout")
                .description("Lets servers go, holds them back, or asks whether the next stage may begin")
                .transform()
                .body(RequestId.class, request -> rollouts.advance(request).orElse(null))
                .filter(body().isNotNull())
                .to("seda:ask-health-gate");

        from("seda:ask-health-gate?concurrentConsumers=4")
                .routeId("ask-health-gate")
                .description("Asks the health gate between two stages and records its answer")
                .process(exchange -> rollouts.askGate(exchange.getMessage().getMandatoryBody(GateCheck.class)));
    }
}
