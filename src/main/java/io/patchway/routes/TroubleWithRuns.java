package io.patchway.routes;

import io.patchway.run.RunNode;
import io.patchway.run.ServerFault;
import io.patchway.run.step.FenceLost;
import io.patchway.run.step.Steps;
import io.patchway.store.DatabaseUnavailable;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What becomes of a step that fails: trouble with a server is judged and committed; a lost claim is let go; without the
 * database nothing is decided.
 */
public final class TroubleWithRuns extends RouteConfigurationBuilder {
    static final String ID = "trouble-with-runs";

    private final RunNode node;
    private final Steps steps;

    private final Outage database;

    public TroubleWithRuns(RunNode node, Steps steps, Outage database) {
        this.node = node;
        this.steps = steps;
        this.database = database;
    }

    @Override
    public void configuration() {
        routeConfiguration(ID)
                .onException(ServerFault.class)
                .handled(true)
                .logExhausted(false)
                .transform()
                .exchange(exchange -> steps.judge(
                        ServerRunRoutes.run(exchange),
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, ServerFault.class)))
                .to("direct:commit-step")
                .end()
                .onException(FenceLost.class)
                .handled(true)
                .logExhausted(false)
                .log(LoggingLevel.INFO, "${exception.message}")
                .process(exchange -> node.drop(ServerRunRoutes.run(exchange)))
                .end()
                .onException(DatabaseUnavailable.class)
                .handled(true)
                .logExhausted(false)
                .process(this::waitForTheDatabase)
                .end()
                .onException(Exception.class)
                .onWhen(exchange -> ServerRunRoutes.run(exchange) == null)
                .handled(true)
                .log(LoggingLevel.ERROR, "A run could not be read and will be tried again: ${exception.message}")
                .end()
                .onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.ERROR, "A step failed unexpectedly: ${exception.stacktrace}")
                .transform()
                .exchange(exchange -> steps.judge(
                        ServerRunRoutes.run(exchange),
                        new ServerFault(
                                ServerFault.Kind.INTERNAL,
                                "internal error: " + exchange.getProperty(Exchange.EXCEPTION_CAUGHT))))
                .to("direct:commit-step")
                .end();
    }

    /** Nothing can be decided without the database; the step is claimed again when the database is back. */
    private void waitForTheDatabase(Exchange exchange) {
        database.notice(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DatabaseUnavailable.class));
        Optional.ofNullable(ServerRunRoutes.run(exchange)).ifPresent(node::drop);
    }
}
