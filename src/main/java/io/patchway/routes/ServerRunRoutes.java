package io.patchway.routes;

import io.patchway.run.RunNode;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.step.Delegation;
import io.patchway.run.step.StepWork;
import io.patchway.run.step.Steps;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;

/** Moves server runs forward, one committed step after the other. */
public final class ServerRunRoutes extends RouteBuilder {
    /** The {@link ServerRun} that an exchange works on. */
    static final String RUN = "patchwayRun";

    private final RunNode node;
    private final Steps steps;
    private final Outage database;
    private final Outage wire;

    /**
     * @param database told when it has answered
     * @param wire told when tickets can be handed on, and when not
     */
    public ServerRunRoutes(RunNode node, Steps steps, Outage database, Outage wire) {
        this.node = node;
        this.steps = steps;
        this.database = database;
        this.wire = wire;
    }

    @Override
    public void configure() {
        from("timer:claim-due-steps?delay=0&period={{patchway.claim-period:20}}")
                .routeId("claim-due-steps")
                .description("Claims as many due steps as this node has free places")
                .filter(exchange -> node.expectsDueSteps())
                .transform()
                .exchange(exchange -> claim())
                .doTry()
                .split(body())
                .stopOnException()
                .removeHeaders("*")
                .to("{{patchway.steps:seda:steps}}")
                .process(exchange -> wire.end())
                .endDoTry()
                .doCatch(Exception.class)
                .process(this::waitForTheWire)
                .end();

        from("timer:renew-leases?period=" + node.settings().renewPeriod().toMillis())
                .routeId("renew-leases")
                .description("Keeps the claims of steps that take long")
                .process(exchange -> node.renewLeases());

        from("{{patchway.steps:seda:steps}}")
                .routeId("run-step")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Takes one step of one server run, unless another node has taken the run over")
                .removeHeaders("*")
                .transform()
                .body(String.class, ticket -> node.begin(ticket).orElse(null))
                .filter(body().isNotNull())
                .setProperty(RUN, body())
                .transform()
                .body(ServerRun.class, steps::workOn)
                .choice()
                .when(cancelledBeforeWork())
                .to("direct:cancel-run")
                .when(in(RunState.QUEUED, RunState.WAITING_WINDOW))
                .to("direct:start-run")
                .when(elsewhere())
                .to("direct:delegate-run")
                .when(in(RunState.PRECHECK))
                .to("direct:check-server")
                .when(in(RunState.SCANNING, RunState.VERIFYING))
                .to("direct:scan-server")
                .when(in(RunState.INSTALLING))
                .to("direct:install-patches")
                .when(in(RunState.REBOOTING))
                .to("direct:reboot-server")
                .when(in(RunState.WAITING_FOR_RETURN))
                .to("direct:poll-reboot")
                .when(in(RunState.OPERATING))
                .to("direct:operate-machine")
                .end();

        from("direct:cancel-run")
                .routeId("cancel-run")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Ends a cancelled run before anything was begun on its server")
                .transform()
                .body(StepWork.class, steps::cancelRun)
                .to("direct:commit-step");

        from("direct:start-run")
                .routeId("start-run")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Starts a run when its window is open and its server is free")
                .transform()
                .body(StepWork.class, steps::startRun)
                .to("direct:commit-step");

        from("direct:check-server")
                .routeId("check-server")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Makes sure that work on the server can start")
                .transform()
                .body(StepWork.class, steps::checkServer)
                .to("direct:commit-step");

        from("direct:scan-server")
                .routeId("scan-server")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Asks the server what is installed and what is offered")
                .transform()
                .body(StepWork.class, steps::scanServer)
                .to("direct:filter-by-baseline");

        from("direct:filter-by-baseline")
                .routeId("filter-by-baseline")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Lets the patch baseline decide what is approved and missing, and so what comes next")
                .transform()
                .body(StepWork.class, steps::filterByBaseline)
                .to("direct:commit-step");

        from("direct:install-patches")
                .routeId("install-patches")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Starts the planned install, or looks how it is getting on")
                .transform()
                .body(StepWork.class, steps::installPatches)
                .to("direct:commit-step");

        from("direct:reboot-server")
                .routeId("reboot-server")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Sends the one reboot command of this boot")
                .transform()
                .body(StepWork.class, steps::rebootServer)
                .to("direct:commit-step");

        from("direct:poll-reboot")
                .routeId("poll-reboot")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Looks whether the server is back with a new boot id")
                .transform()
                .body(StepWork.class, steps::pollReboot)
                .to("direct:commit-step");

        from("direct:operate-machine")
                .routeId("operate-machine")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Does to the machine of a server what is asked for, or looks whether it has happened")
                .transform()
                .body(StepWork.class, steps::operateMachine)
                .to("direct:commit-step");

        from("direct:commit-step")
                .routeId("commit-step")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Writes the decision to the ledger; goes on at once with a step that is due now")
                .transform()
                .exchange(this::commit)
                .filter(body().isNotNull())
                .removeHeaders("*")
                .to("{{patchway.steps:seda:steps}}");
    }

    private String commit(Exchange exchange) {
        Transition transition = exchange.getMessage().getBody(Transition.class);
        return node.commit(run(exchange), transition).orElse(null);
    }

    private List<String> claim() {
        if (database.isAway()) {
            node.takeBackLeftovers();
        }
        List<String> tickets = node.claimDueSteps();
        database.end();
        return tickets;
    }

    private void waitForTheWire(Exchange exchange) {
        wire.notice(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        node.wireIsDown();
    }

    static ServerRun run(Exchange exchange) {
        return exchange.getProperty(RUN, ServerRun.class);
    }

    private static Predicate cancelledBeforeWork() {
        Predicate beforeWork = in(RunState.QUEUED, RunState.WAITING_WINDOW, RunState.PRECHECK, RunState.SCANNING);
        return exchange -> run(exchange).isCancelled() && beforeWork.matches(exchange);
    }

    private static Predicate elsewhere() {
        return exchange -> Delegation.concerns(exchange.getMessage().getBody(StepWork.class));
    }

    private static Predicate in(RunState first, RunState... others) {
        Set<RunState> states = EnumSet.of(first, others);
        return exchange -> states.contains(
                exchange.getMessage().getBody(StepWork.class).run().state());
    }
}
