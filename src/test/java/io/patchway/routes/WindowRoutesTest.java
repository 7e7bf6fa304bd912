package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.SettableClock;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestDesks;
import io.patchway.run.WindowOpener;
import io.patchway.run.WindowTask;
import io.patchway.window.InMemoryWindowLedger;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

class WindowRoutesTest extends CamelTestSupport {
    private static final Instant OPENS = Instant.parse("2026-11-22T02:00:00Z");

    private final InMemoryRunLedger runs = new InMemoryRunLedger();
    private final InMemoryWindowLedger windows = new InMemoryWindowLedger();
    private final SettableClock clock = new SettableClock(OPENS.minusSeconds(3600));
    private final List<WindowTask> tasks = List.of(task("night", true), task("switched-off", false));

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        RequestDesk desk = RequestDesks.over(runs, clock);
        context.getRegistry()
                .bind(
                        "windowOpener",
                        new WindowOpener(tasks, desk, windows, new RecordingAuditLog(), clock, Duration.ofMinutes(2)));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("file:routes/maintenance-window.camel.yaml"));
        WindowRoutes.addTo(context, tasks, "* * * * * ?");
        return context;
    }

    @Test
    void eachEnabledWindowHasARouteThatOpensItWhenItIsDue() {
        assertThat(context.getRoutes()).extracting(route -> route.getRouteId()).containsExactly("window-night");
        await().atMost(Duration.ofSeconds(20)).until(() -> !windows.of("night").isEmpty());
        assertThat(runs.newest(1)).isEmpty();

        clock.set(OPENS);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(windows.of("night")).containsEntry(OPENS, "OPENED"));
        assertThat(runs.newest(10))
                .singleElement()
                .satisfies(report -> assertThat(report.request().origin()).isEqualTo("window night"));
    }

    private static WindowTask task(String name, boolean enabled) {
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
        return new WindowTask(window, RequestDesks.install("web-01"));
    }
}
