package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.PatchBaseline;
import io.patchway.faults.Survives;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.SimulatedServer;
import io.patchway.run.Transition;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run at work when its window gets narrow; each step is taken at a time that the test sets. */
class WindowEdgesTest {
    private static final ServerId WEB = new ServerId("web01");
    private static final Instant OPENS = Instant.parse("2026-03-01T01:00:00Z");
    private static final Instant CUTOFF = OPENS.plus(Duration.ofMinutes(60));
    private static final Instant CLOSES = OPENS.plus(Duration.ofMinutes(90));

    private final SettableClock clock = new SettableClock(OPENS);
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final SimulatedServer server =
            new SimulatedServer(Map.of("one", "2-1"), Map.of("one", "2-1", "two", "2-1")).needingRebootAfterInstall();
    private final Steps steps =
            new Steps(new OneServer(), new NoBaselines(), List::of, server, ledger, RunPolicy.standard(), clock);

    @Test
    @Survives(13)
    void nothingBeginsOnAServerThatWasOnlyLookedAtBeforeTheCutoff() {
        accept();
        stepAt(OPENS);
        stepAt(CUTOFF.minusSeconds(1));

        Transition decided = stepAt(CUTOFF);

        assertThat(decided.next()).isEqualTo(RunState.DEFERRED);
        assertThat(decided.note()).contains("1 still missing: window nightly lets nothing begin after " + CUTOFF);
        assertThat(server.installCommands()).isZero();
    }

    @Test
    @Survives(13)
    void aRunningInstallIsWaitedForAlthoughTheWindowHasClosedAndItsRebootIsLeftPending() {
        accept();
        stepAt(OPENS);
        stepAt(OPENS);
        stepAt(OPENS);
        assertThat(stepAt(CUTOFF.minusSeconds(1)).next()).isEqualTo(RunState.INSTALLING);

        assertThat(stepAt(CLOSES.plusSeconds(60)).next()).isEqualTo(RunState.VERIFYING);
        Transition decided = stepAt(CLOSES.plusSeconds(60));

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
            stepAt(OPENS);
        }
        assertThat(current().state()).isEqualTo(RunState.REBOOTING);

        assertThat(stepAt(CLOSES.minus(Duration.ofMinutes(14))).next()).isEqualTo(RunState.VERIFYING);

        assertThat(server.rebootCommands()).isZero();
        assertThat(stepAt(CLOSES.minus(Duration.ofMinutes(14))).next()).isEqualTo(RunState.SUCCEEDED_REBOOT_PENDING);
    }

    @Test
    @Survives(13)
    void roundsFollowUntilTheWindowClosesAndTheRestIsDeferred() {
        accept();
        for (int step = 0; step < 8; step++) {
            stepAt(OPENS);
        }
        assertThat(current().state()).isEqualTo(RunState.VERIFYING);

        Transition decided = stepAt(CLOSES);

        assertThat(decided.next()).isEqualTo(RunState.DEFERRED);
        assertThat(decided.note()).contains("1 still missing when window nightly closed");
    }

    private void accept() {
        ledger.accept(
                new PatchRequest(
                        RequestId.next(),
                        Operation.INSTALL,
                        RebootOption.IF_NEEDED,
                        PatchRequest.DEFAULT_MAX_ROUNDS,
                        "test",
                        "tester",
                        List.of(WEB),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.of(new WindowSpan("nightly", OPENS, CUTOFF, CLOSES)),
                        OPENS),
                Optional.empty());
    }

    private ServerRun current() {
        return ledger.load(claim()).orElseThrow();
    }

    private Claim claim() {
        clock.advance(Duration.ofDays(1));
        Claim claim = ledger.claimDue("node", 1, Duration.ZERO, clock.instant()).get(0);
        clock.advance(Duration.ofDays(-1));
        return claim;
    }

    /** Takes the next step, whatever it is, at a time, and commits it. */
    private Transition stepAt(Instant now) {
        clock.set(now);
        Claim claim = claim();
        ServerRun run = ledger.load(claim).orElseThrow();
        StepWork work = steps.workOn(run);
        Transition decided = switch (run.state()) {
            case QUEUED, WAITING_WINDOW -> steps.startRun(work);
            case PRECHECK -> steps.checkServer(work);
            case SCANNING, VERIFYING -> steps.filterByBaseline(steps.scanServer(work));
            case INSTALLING -> steps.installPatches(work);
            case REBOOTING -> steps.rebootServer(work);
            case WAITING_FOR_RETURN -> steps.pollReboot(work);
            default -> throw new IllegalStateException("the run has ended: " + run.state());
        };
        ledger.commit(claim, decided, now);
        return decided;
    }

    private static final class OneServer implements Inventory {
        @Override
        public Optional<Server> find(ServerId id) {
            return all().stream().filter(server -> server.id().equals(id)).findFirst();
        }

        @Override
        public List<Server> all() {
            return List.of(new Server(
                    WEB, "web01", Set.of(), Map.of(), Optional.empty(), false, new ConnectionSettings.Local()));
        }
    }

    private static final class NoBaselines implements Baselines {
        @Override
        public Optional<PatchBaseline> find(String name) {
            return Optional.empty();
        }

        @Override
        public PatchBaseline defaultFor(OperatingSystem operatingSystem) {
            return PatchBaseline.everything(operatingSystem);
        }

        @Override
        public List<PatchBaseline> all() {
            return List.of();
        }
    }
}
