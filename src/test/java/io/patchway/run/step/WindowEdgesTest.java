package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run at work when its window gets narrow. */
class WindowEdgesTest {
    private static final Instant OPENS = Instant.parse("2026-03-01T01:00:00Z");
    private static final Instant CUTOFF = OPENS.plus(Duration.ofMinutes(60));
    private static final Instant CLOSES = OPENS.plus(Duration.ofMinutes(90));

    private final SimulatedServer server =
            new SimulatedServer(Map.of("one", "2-1"), Map.of("one", "2-1", "two", "2-1")).needingRebootAfterInstall();
    private final SteppedRuns runs = new SteppedRuns(server, OPENS);

    @Test
    @Survives(13)
    void nothingBeginsOnAServerThatWasOnlyLookedAtBeforeTheCutoff() {
        accept();
        runs.stepAt(OPENS);
        runs.stepAt(CUTOFF.minusSeconds(1));

        Transition decided = runs.stepAt(CUTOFF);

        assertThat(decided.next()).isEqualTo(RunState.DEFERRED);
        assertThat(decided.note()).contains("1 still missing: window nightly lets nothing begin after " + CUTOFF);
        assertThat(server.installCommands()).isZero();
    }

    @Test
    @Survives(13)
    void aRunningInstallIsWaitedForAlthoughTheWindowHasClosedAndItsRebootIsLeftPending() {
        accept();
        runs.stepAt(OPENS);
        runs.stepAt(OPENS);
        runs.stepAt(OPENS);
        assertThat(runs.stepAt(CUTOFF.minusSeconds(1)).next()).isEqualTo(RunState.INSTALLING);

        assertThat(runs.stepAt(CLOSES.plusSeconds(60)).next()).isEqualTo(RunState.VERIFYING);
        Transition decided = runs.stepAt(CLOSES.plusSeconds(60));

        assertThat(decided.next()).isEqualTo(RunState.SUCCEEDED_REBOOT_PENDING);
        assertThat(decided.note().orElseThrow()).startsWith("a reboot is due, but does not fit into the window any");
        assertThat(server.rebootCommands()).isZero();
    }

    /** The intent was recorded in time, but nobody was there to send the command. */
    @Test
    @Survives({10, 13})
    void aRebootThatNoLongerFitsWhenTheNodeIsBackIsNotBegun() {
        accept();
        for (int step = 0; step < 6; step++) {
            runs.stepAt(OPENS);
        }
        assertThat(runs.current().state()).isEqualTo(RunState.REBOOTING);

        assertThat(runs.stepAt(CLOSES.minus(Duration.ofMinutes(14))).next()).isEqualTo(RunState.VERIFYING);

        assertThat(server.rebootCommands()).isZero();
        assertThat(runs.stepAt(CLOSES.minus(Duration.ofMinutes(14))).next())
                .isEqualTo(RunState.SUCCEEDED_REBOOT_PENDING);
    }

    @Test
    @Survives(13)
    void roundsFollowUntilTheWindowClosesAndTheRestIsDeferred() {
        accept();
        for (int step = 0; step < 8; step++) {
            runs.stepAt(OPENS);
        }
        assertThat(runs.current().state()).isEqualTo(RunState.VERIFYING);

        Transition decided = runs.stepAt(CLOSES);

        assertThat(decided.next()).isEqualTo(RunState.DEFERRED);
        assertThat(decided.note()).contains("1 still missing when window nightly closed");
    }

    private void accept() {
        runs.accept(Optional.of(new WindowSpan("nightly", OPENS, CUTOFF, CLOSES)), "web01");
    }
}
