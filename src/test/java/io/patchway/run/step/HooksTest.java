package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.HookOccasion;
import io.patchway.run.InstallProgress;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs with scripts around their installs. */
class HooksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, String> ONE_UPDATE = Map.of("one", "2-1");
    private static final SpecialOrders ALL_HOOKS = new SpecialOrders(
            Optional.empty(),
            Optional.empty(),
            Map.of(
                    HookOccasion.PRE_INSTALL, "drain",
                    HookOccasion.POST_INSTALL, "warm",
                    HookOccasion.ON_EXIT, "rejoin"));

    private final SimulatedServer server = new SimulatedServer(ONE_UPDATE);
    private SteppedRuns runs = runsOn(server);

    private static SteppedRuns runsOn(SimulatedServer server) {
        SteppedRuns runs = new SteppedRuns(server, NOON);
        runs.editHook("drain", "drain");
        runs.editHook("warm", "warm");
        runs.editHook("rejoin", "rejoin");
        return runs;
    }

    @Test
    void runBeforeAndAfterTheInstallAndAtTheEnd() {
        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.lastError()).isEmpty();
        assertThat(server.hooksThatRan()).containsExactly("drain", "warm", "rejoin");
        assertThat(notes(run))
                .contains(
                        "hook drain (PreInstall) ended with status 0: said by drain",
                        "hook warm (PostInstall) ended with status 0: said by warm",
                        "verified: nothing approved is missing; hook rejoin (OnExit) ended with status 0");
    }

    @Test
    void aScanRunsNone() {
        assertThat(runs.finish(accept(Operation.SCAN)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.hooksThatRan()).isEmpty();
    }

    @Test
    void aFailedHookBeforeTheInstallFailsTheRunAndNothingIsInstalled() {
        server.failingHook("drain", 3);

        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .contains("hook drain (PreInstall) ended with status 3: said by drain; nothing was installed");
        assertThat(run.changes()).singleElement().satisfies(change -> {
            assertThat(change.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(change.reason()).contains("hook drain");
        });
        assertThat(server.hooksThatRan()).containsExactly("drain", "rejoin");
    }

    @Test
    void aFailedHookAfterTheInstallMakesTheRunPartialAndTheRebootStillComes() {
        server.needingRebootAfterInstall().failingHook("warm", 124);

        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(run.reboots()).isEqualTo(1);
        assertThat(run.lastError())
                .contains(
                        "hook warm (PostInstall) ended with status 124: it took longer than 10 minutes: said by warm");
        assertThat(server.hooksThatRan()).containsExactly("drain", "warm", "rejoin");
    }

    @Test
    void aFailedHookAtTheEndIsToldAndChangesNoVerdict() {
        server.failingHook("rejoin", 1);

        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(notes(run)).contains("hook rejoin (OnExit) ended with status 1: said by rejoin");
    }

    @Test
    void theHookAfterTheInstallHasNoOccasionWhenNothingWasInstalled() {
        server.failingToInstall("one", InstallProgress.Meaning.FAILED);

        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("simulated trouble"));
        assertThat(server.hooksThatRan()).containsExactly("drain", "rejoin");
    }

    @Test
    void theHookBeforeTheInstallRunsInTheFirstRoundAlone() {
        SimulatedServer twoRounds = new SimulatedServer(ONE_UPDATE, Map.of("one", "3-1")).needingRebootAfterInstall();
        runs = runsOn(twoRounds);

        assertThat(runs.finish(accept(Operation.INSTALL)).rounds()).isEqualTo(2);
        assertThat(twoRounds.hooksThatRan()).containsExactly("drain", "warm", "warm", "rejoin");
    }

    @Test
    void aRunThatHadNothingToInstallRunsTheHookForItsEnd() {
        SimulatedServer done = new SimulatedServer(Map.of("one", "1-1"));
        runs = runsOn(done);

        assertThat(runs.finish(accept(Operation.INSTALL)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(done.hooksThatRan()).containsExactly("rejoin");
    }

    @Test
    void aLostConnectionStartsNoHookAgain() {
        server.droppingTheConnectionOnceWhenInstalling();

        assertThat(runs.finish(accept(Operation.INSTALL)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.hooksThatRan()).containsExactly("drain", "warm", "rejoin");
    }

    @Test
    void aHookThatWasCutOffWhenTheServerWentDownIsNotTakenForAGoodOne() {
        server.losingPowerInTheFirstInstall(HookOccasion.PRE_INSTALL);

        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error)
                        .contains("hook drain (PreInstall) was interrupted on the server; nothing was installed"));
        assertThat(server.hooksThatRan()).containsExactly("rejoin");
    }

    @Test
    void aHookThatWasNotBegunWhenTheServerWentDownHasItsTurnInTheNextRound() {
        server.losingPowerInTheFirstInstall();

        assertThat(runs.finish(accept(Operation.INSTALL)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.hooksThatRan()).containsExactly("drain", "warm", "rejoin");
    }

    @Test
    void aHookThatIsEditedWhileARunIsUnderWayIsForTheNextRun() {
        RequestId request = accept(Operation.INSTALL);
        while (runs.current().state() != RunState.INSTALLING) {
            runs.stepAt(NOON);
        }
        runs.editHook("drain", "drain harder");
        runs.editHook("rejoin", "rejoin harder");

        runs.finish(request);

        assertThat(server.hooksThatRan()).containsExactly("drain", "warm", "rejoin");
    }

    @Test
    void aRunWhoseHookIsGoneFailsBeforeAnythingIsDone() {
        runs = new SteppedRuns(server, NOON);

        RunReport run = runs.finish(accept(Operation.INSTALL));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("config/hooks/"));
        assertThat(server.installCommands()).isZero();
    }

    @Test
    void theVerdictDoesNotWaitForEverForAServerThatIsGone() {
        RequestId request = accept(Operation.INSTALL);
        while (runs.current().memory().hooks().ending().isEmpty()) {
            runs.stepAt(NOON);
        }
        server.refusing(new ServerFault(ServerFault.Kind.UNREACHABLE, "simulated: no answer"));
        runs.stepAt(NOON.plusSeconds(1));
        runs.stepAt(NOON.plusSeconds(2));
        assertThat(runs.current().state()).isEqualTo(RunState.INSTALLING);
        runs.stepAt(NOON.plus(Duration.ofMinutes(16)));

        RunReport run = runs.ledger.report(request).orElseThrow().runs().get(0);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.lastError()).isEmpty();
        assertThat(notes(run)).contains("hook rejoin (OnExit) has not told how it ended", "no answer");
    }

    @Test
    void aServerThatDidNotReturnInTimeIsNotWaitedForAgain() {
        accept(Operation.INSTALL);
        while (runs.current().state() != RunState.INSTALLING) {
            runs.stepAt(NOON);
        }
        ServerRun run = runs.current();
        Transition lost = Transition.to(RunState.FAILED, run, run.memory(), NOON, "no return")
                .lookingOutUntil(NOON, NOON.plusSeconds(60));

        Transition told = new Departure(server, new Fence(runs.ledger), RunPolicy.standard(), runs.clock).of(run, lost);

        assertThat(told.next()).isEqualTo(RunState.FAILED);
        assertThat(told.deadline()).isEqualTo(lost.deadline());
        assertThat(told.note()).contains("no return; hook rejoin (OnExit) did not run: the server is not there");
    }

    private RequestId accept(Operation operation) {
        return runs.accept(operation, RebootOption.IF_NEEDED, Optional.empty(), ALL_HOOKS, "web01");
    }

    private static String notes(RunReport run) {
        return run.notes().stream().map(RunNote::text).collect(Collectors.joining("\n"));
    }
}
