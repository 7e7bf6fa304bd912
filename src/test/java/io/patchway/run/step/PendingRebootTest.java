package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchState;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.ScanRecord;
import io.patchway.run.SimulatedServer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was installed waits for a reboot, however many runs look at the server in between. */
class PendingRebootTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));
    private final SteppedRuns runs = new SteppedRuns(server, NOON);

    @Test
    void anInstallThatMustNotRebootLeavesWhatItInstalledPending() {
        ScanRecord after = run(Operation.INSTALL, RebootOption.NEVER);

        assertThat(state(after)).isEqualTo(PatchState.INSTALLED_PENDING_REBOOT);
    }

    @Test
    void itIsStillPendingForALaterScan() {
        run(Operation.INSTALL, RebootOption.NEVER);

        assertThat(state(run(Operation.SCAN, RebootOption.IF_NEEDED))).isEqualTo(PatchState.INSTALLED_PENDING_REBOOT);
        assertThat(state(run(Operation.SCAN, RebootOption.IF_NEEDED))).isEqualTo(PatchState.INSTALLED_PENDING_REBOOT);
    }

    @Test
    void anotherBootEndsIt() {
        run(Operation.INSTALL, RebootOption.NEVER);
        server.bootByItself();

        assertThat(state(run(Operation.SCAN, RebootOption.IF_NEEDED))).isEqualTo(PatchState.INSTALLED);
        assertThat(state(run(Operation.SCAN, RebootOption.IF_NEEDED))).isEqualTo(PatchState.INSTALLED);
    }

    @Test
    void whatNeedsNoRebootIsNotPendingWhenOneWasAllowed() {
        assertThat(state(run(Operation.INSTALL, RebootOption.IF_NEEDED))).isEqualTo(PatchState.INSTALLED);
    }

    @Test
    void aScanSaysWhatItWasMadeFor() {
        ScanRecord scan = run(Operation.INSTALL, RebootOption.NEVER);

        assertThat(scan.occasion()).hasValueSatisfying(occasion -> {
            assertThat(occasion.operation()).isEqualTo(Operation.INSTALL);
            assertThat(occasion.rebootOption()).isEqualTo(RebootOption.NEVER);
            assertThat(occasion.otherBaseline()).isFalse();
        });
    }

    private ScanRecord run(Operation operation, RebootOption rebootOption) {
        RequestId request = runs.accept(operation, rebootOption, Optional.empty(), "web01");
        return runs.lastScan(request);
    }

    private static PatchState state(ScanRecord scan) {
        return scan.evaluation().states().stream()
                .filter(state -> state.key().name().equals("one"))
                .map(PackageState::state)
                .findFirst()
                .orElseThrow();
    }
}
