package io.patchway.routes;

import io.patchway.run.WindowTask;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Makes one route for each maintenance window from the template {@code maintenance-window}. */
public final class WindowRoutes {
    private WindowRoutes() {}

    /**
     * Adds the routes; the template must be loaded. A window that is switched off gets none.
     *
     * @param tick when to look, as Quartz has it; at least once a minute
     */
    public static void addTo(CamelContext context, List<WindowTask> tasks, String tick) {
        tasks.stream()
                .filter(task -> task.window().enabled())
                .map(task -> task.window().name())
                .forEach(name -> TemplatedRouteBuilder.builder(context, "maintenance-window")
                        .parameter("window", name)
                        .parameter("tick", tick)
                        .routeId("window-" + name)
                        .add());
    }
}
