package io.patchway.routes;

import io.patchway.run.RunNode;
import io.patchway.store.DatabaseUnavailable;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a node leave in good order when Patchway is told to stop: first it claims nothing more, then the routes finish
 * the steps in hand (within {@code camel.main.shutdown-timeout}), then it gives back the rest.
 */
public final class NodeLifecycle extends LifecycleStrategySupport {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLifecycle.class);

    private final RunNode node;

    public NodeLifecycle(RunNode node) {
        this.node = node;
    }

    @Override
    public void onContextStopping(CamelContext camel) {
        unlessTheDatabaseIsAway(node::drain);
    }

    @Override
    public void onContextStopped(CamelContext camel) {
        unlessTheDatabaseIsAway(node::leave);
    }

    private static void unlessTheDatabaseIsAway(Runnable farewell) {
        try {
            farewell.run();
        } catch (DatabaseUnavailable e) {
            LOG.warn("Claims are not given back and end with their leases. {}", e.getMessage());
        }
    }
}
