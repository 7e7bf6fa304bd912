package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.run.RequestDesks;
import io.patchway.run.window.CutoffBehavior;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowBook.Act;
import io.patchway.run.window.WindowEngine;
import io.patchway.run.window.WindowWorld;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

class WindowRoutesTest extends CamelTestSupport {
    private static final Instant OPENS = Instant.parse("2026-11-22T02:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Act ACT = new Act("tester", "window.changed", "");

    private final WindowWorld world = new WindowWorld(OPENS.minusSeconds(3600));

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        StoredWindow[] ofFiles = {ofFile("night", true), ofFile("switched-off", false)};
        WindowEngine engine = world.node(ofFiles);
        context.getRegistry().bind("windowOpener", engine.opener());
        context.getPropertiesComponent().addInitialProperty("patchway.windows.align-period", "200");
        context.getPropertiesComponent().addInitialProperty("patchway.windows.period", "200");
        context.addRoutes(new WindowRoutes(world.windows(ofFiles), engine.runner(), "* * * * * ?"));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("file:routes/maintenance-window.camel.yaml"));
        return context;
    }

    @Test
    void eachEnabledWindowHasARouteThatOpensItWhenItIsDue() {
        await().atMost(PATIENCE).until(() -> !world.openings.of("night").isEmpty());
        assertThat(ofWindows()).containsExactly("window-night");
        assertThat(world.runs.accepted()).isEmpty();

        world.clock.set(OPENS);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.runs.accepted())
                        .singleElement()
                        .satisfies(request -> assertThat(request.origin()).isEqualTo("window night")));
    }

    @Test
    void aWindowOfTheApiGetsItsRouteWhenItIsMadeAndLosesItWhenItIsSwitchedOffOrGone() {
        StoredWindow window = world.daily(WindowWorld.task(1, 0, CutoffBehavior.CONTINUE_TASK, "web-02"));
        String route = "window-" + window.id();
        await().atMost(PATIENCE).until(() -> ofWindows().contains(route));

        world.clock.set(OPENS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.requested()).containsExactlyInAnyOrder("web-01", "web-02"));

        world.book.change(window.id(), on -> on.under(WindowWorld.switchedOff(on.terms()), OPENS), ACT, OPENS);
        await().atMost(PATIENCE).until(() -> !ofWindows().contains(route));
        world.book.change(window.id(), off -> off.under(window.terms(), OPENS), ACT, OPENS);
        await().atMost(PATIENCE).until(() -> ofWindows().contains(route));
        world.book.remove(window.id(), ACT, OPENS);
        await().atMost(PATIENCE).until(() -> !ofWindows().contains(route));
    }

    private List<String> ofWindows() {
        return context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> id.startsWith("window-"))
                .toList();
    }

    private static StoredWindow ofFile(String name, boolean enabled) {
        MaintenanceWindow window = new MaintenanceWindow(
                name,
                WindowSchedule.of("cron(0 2 * * ? *)"),
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                enabled);
        return WindowWorld.ofFile(window, RequestDesks.install("web-01"));
    }
}
