package io.patchway.routes;

import io.patchway.audit.Sealer;
import io.patchway.run.OutboxWatch;
import io.patchway.run.Pruner;
import java.io.IOException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Keeps the records of this node in order. What fails is done again at the next tick. */
public final class RecordKeepingRoutes extends RouteBuilder {
    private final Sealer sealer;
    private final OutboxWatch outboxWatch;
    private final Pruner pruner;

    public RecordKeepingRoutes(Sealer sealer, OutboxWatch outboxWatch, Pruner pruner) {
        this.sealer = sealer;
        this.outboxWatch = outboxWatch;
        this.pruner = pruner;
    }

    @Override
    public void configure() {
        onException(IOException.class)
                .handled(true)
                .logExhausted(false)
                .log(LoggingLevel.WARN, "${routeId} did not succeed and will be tried again: ${exception.message}");

        from("timer:seal-audit-log?delay=0&period={{patchway.audit.seal-period:1000}}")
                .routeId("seal-audit-log")
                .description("Gives what was recorded its place in the chain of the audit log")
                .process(exchange -> sealer.seal());

        from("timer:watch-outbox?period=60000")
                .routeId("watch-outbox")
                .description("Raises an alert when messages wait for too long")
                .process(exchange -> outboxWatch.look());

        from("timer:prune-history?delay=60000&period={{patchway.retention.period:600000}}")
                .routeId("prune-history")
                .description("Removes what has been kept for long enough")
                .process(exchange -> pruner.prune());
    }
}
