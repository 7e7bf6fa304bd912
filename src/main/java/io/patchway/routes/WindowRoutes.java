package io.patchway.routes;

import io.patchway.run.window.WindowRunner;
import io.patchway.run.window.Windows;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each maintenance window its route, and carries on what windows have begun. Windows come and go while Patchway
 * runs, also by the hand of another node, so the routes are compared with the windows every few seconds.
 */
public final class WindowRoutes extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(WindowRoutes.class);
    private static final String TEMPLATE = "maintenance-window";
    private static final String PREFIX = "window-";
    private static final int MOST_LOOKS_IN_VAIN = 10;

    private final Windows windows;
    private final WindowRunner runner;
    private final String tick;
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private int looksInVain;

    /** @param tick when each window looks whether it is due, as Quartz has it; at least once a minute */
    public WindowRoutes(Windows windows, WindowRunner runner, String tick) {
        this.windows = windows;
        this.runner = runner;
        this.tick = tick;
    }

    @Override
    public void configure() {
        from("timer:align-window-routes?period={{patchway.windows.align-period:3000}}")
                .routeId("align-window-routes")
                .description("Gives new maintenance windows a route, and takes it from those that are gone or off")
                .process(exchange -> align(exchange.getContext()));

        from("timer:look-at-window-executions?period={{patchway.windows.period:1000}}")
                .routeId("look-at-window-executions")
                .description("Finds the executions of maintenance windows that must be looked at")
                .transform()
                .exchange(exchange -> runner.due())
                .split(body())
                .to("direct:advance-window-execution");

        from("direct:advance-window-execution")
                .routeId("advance-window-execution")
                .description("Starts the tasks whose turn it is, and ends what was cut off or cancelled")
                .process(exchange -> runner.advance(exchange.getMessage().getMandatoryBody(UUID.class)));
    }

    /** Makes the routes that are missing, from the template, and removes those that are wanted no more. */
    void align(CamelContext context) throws Exception {
        if (!templateIsThere(context)) {
            return;
        }
        Set<String> wanted = windows.enabledKeys();
        for (String key : Set.copyOf(made)) {
            if (!wanted.contains(key)) {
                remove(context, key);
            }
        }
        for (String key : wanted) {
            if (made.add(key)) {
                add(context, key);
            }
        }
    }

    /** The template is loaded after these routes have started; it stays away when its file is broken. */
    private boolean templateIsThere(CamelContext context) {
        boolean there = ((ModelCamelContext) context).getRouteTemplateDefinition(TEMPLATE) != null;
        looksInVain = there ? 0 : looksInVain + 1;
        if (looksInVain == MOST_LOOKS_IN_VAIN) {
            LOG.error("No maintenance window will open: no file in routes has the template {}", TEMPLATE);
        }
        return there;
    }

    private void add(CamelContext context, String key) {
        try {
            TemplatedRouteBuilder.builder(context, TEMPLATE)
                    .parameter("window", key)
                    .parameter("tick", tick)
                    .routeId(PREFIX + key)
                    .add();
            LOG.info("Maintenance window {} has its route", key);
        } catch (IllegalArgumentException | RuntimeCamelException e) {
            LOG.error("Maintenance window {} will not open: {}", key, e.getMessage());
        }
    }

    private void remove(CamelContext context, String key) throws Exception {
        String route = PREFIX + key;
        if (context.getRoute(route) != null) {
            context.getRouteController().stopRoute(route);
            context.removeRoute(route);
        }
        made.remove(key);
        LOG.info("Maintenance window {} has no route any more", key);
    }
}
