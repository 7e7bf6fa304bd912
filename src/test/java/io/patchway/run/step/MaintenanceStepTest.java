package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a run enters maintenance mode. */
class MaintenanceStepTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));
    private final SteppedRuns runs = new SteppedRuns(server, NOON);

    @Test
    void withTheStepThatFoundTheServerReadyAndBeforeAnythingIsDoneToIt() {
        accept(Operation.INSTALL, true);

        assertThat(next().maintenanceUntil()).isEmpty();
        Transition checked = next();
        assertThat(checked.next()).isEqualTo(RunState.SCANNING);
        assertThat(checked.maintenanceUntil()).contains(NOON.plus(Duration.ofHours(24)));
        assertThat(next().maintenanceUntil()).isEmpty();
    }

    @Test
    void notWhileTheServerHasToWait() {
        server.ownHost();
        runs.accept(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                SpecialOrders.NONE.orMaintenance(true),
                "web-01",
                "web-02");
        runs.step("web-01");

        assertThat(runs.step("web-01")).satisfies(checked -> {
            assertThat(checked.next()).isEqualTo(RunState.PRECHECK);
            assertThat(checked.maintenanceUntil()).isEmpty();
        });
    }

    @Test
    void notUnlessTheRequestSaysSo() {
        accept(Operation.INSTALL, false);
        next();

        assertThat(next().maintenanceUntil()).isEmpty();
    }

    @Test
    void notForAScan() {
        accept(Operation.SCAN, true);
        next();

        assertThat(next().maintenanceUntil()).isEmpty();
    }

    private void accept(Operation operation, boolean maintenance) {
        runs.accept(
                operation,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                SpecialOrders.NONE.orMaintenance(maintenance),
                "web-01");
    }

    private Transition next() {
        return runs.stepAt(NOON);
    }
}
