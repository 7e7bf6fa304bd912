package io.patchway.run.step;

import static io.patchway.run.machine.InMemoryMachines.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.InMemoryMachines;
import io.patchway.run.machine.PowerState;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is done to machines happens once, and is believed when it is seen. */
class MachineStepsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ServerId WEB = new ServerId("web-01");
    private static final ServerId WINDOWS = new ServerId("win-01");

    private final SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));
    private final InMemoryMachines machines = new InMemoryMachines();
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final SteppedRuns runs = new SteppedRuns(server, NOON, ledger, machines.machines());

    @Test
    void aRebootSucceedsWithANewBootAndScansNothing() {
        RunReport run = finish(Operation.REBOOT);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.reboots()).isEqualTo(1);
        assertThat(server.rebootCommands()).isEqualTo(1);
        assertThat(server.scannedSources()).isEmpty();
        assertThat(text(run)).contains("back after reboot 1 with a new boot id");
    }

    @Test
    void aServerThatDoesNotReturnFromARebootHasFailed() {
        server.neverReturning();

        RunReport run = finish(Operation.REBOOT);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("no return");
    }

    @Test
    void aCancelledRebootIsNotSentAfterAll() {
        RequestId request = accept(Operation.REBOOT, MachineOrders.NONE);
        runs.stepAt(NOON);
        runs.stepAt(NOON);
        ledger.cancel(request, "somebody thought better of it");

        RunReport run = runs.finishInTime(request);

        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(server.rebootCommands()).isZero();
    }

    @Test
    void aShutDownIsBelievedWhenTheServerHasBeenSilentForAWhile() {
        RunReport run = finish(Operation.SHUT_DOWN);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STOPPED);
        assertThat(runs.clock.instant()).isAfterOrEqualTo(NOON.plus(InMemoryMachines.QUIET));
        assertThat(server.shutDownCommands()).isEqualTo(1);
    }

    @Test
    void aServerThatHeedsNoShutDownHasFailed() {
        server.hangingWhenShutDown();

        RunReport run = finish(Operation.SHUT_DOWN);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("it still answers");
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STARTED);
    }

    @Test
    void aShutDownWhoseAnswerIsLostIsAskedForAgainWhileTheServerAnswers() {
        server.losingTheAnswerToAShutDown(false);
        RequestId request = accept(Operation.SHUT_DOWN, MachineOrders.NONE);
        for (int step = 0; step < 3; step++) {
            runs.stepAt(runs.clock.instant());
        }
        server.comeUp();

        assertThat(runs.finishInTime(request).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.shutDownCommands()).isEqualTo(1);
    }

    @Test
    void nobodyKnowsWhetherASilentServerHeardOfItsShutDown() {
        server.losingTheAnswerToAShutDown(true);

        RunReport run = finish(Operation.SHUT_DOWN);

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STARTED);
    }

    @Test
    void patchwayDoesNotShutDownItsOwnMachine() {
        server.ownHost();

        RunReport run = finish(Operation.SHUT_DOWN);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("Patchway itself runs on web-01");
        assertThat(server.shutDownCommands()).isZero();
    }

    @Test
    void aPowerOnSucceedsWhenTheServerAnswers() {
        server.goDown();
        machines.remember(WEB, PowerState.STOPPED, NOON);
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = finish(Operation.POWER_ON);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).containsExactly("/machine powerOn web-01");
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STARTED);
    }

    @Test
    void aCommandThatStartsNothingHasFailedWhenTheServerIsNotThereInTime() {
        server.goDown();
        machines.doing(Operation.POWER_ON, () -> {});

        RunReport run = finish(Operation.POWER_ON);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("the deadline of OPERATING passed");
    }

    @Test
    void aCommandThatEndsBadlyIsQuotedInTheVerdict() {
        machines.with(Operation.POWER_OFF, () -> ended(3));

        RunReport run = finish(Operation.POWER_OFF);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("the command powerOff ended with status 3: as the command said");
    }

    @Test
    void withoutACommandTheRunSaysWhatIsMissing() {
        RunReport run = finish(Operation.POWER_OFF);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("config/machines.yaml has no command powerOff for web-01");
    }

    @Test
    void aResetIsProvenByTheBoot() {
        machines.doing(Operation.RESET, server::reset);

        RunReport run = finish(Operation.RESET);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.reboots()).isEqualTo(1);
    }

    @Test
    void aPausedMachineIsRememberedAsPaused() {
        machines.doing(Operation.PAUSE, server::goDown);

        assertThat(finish(Operation.PAUSE).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.PAUSED);
    }

    @Test
    void aCommandThatWasCutOffByACrashIsNotRunAgain() {
        machines.with(Operation.POWER_OFF, MachineStepsTest::crash);
        RequestId request = accept(Operation.POWER_OFF, MachineOrders.NONE);

        RunReport run = throughACrash(request);

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(machines.ran()).hasSize(1);
        assertThat(text(run)).contains("Patchway was stopped while the command powerOff ran");
    }

    @Test
    void aRepeatableCommandIsRunAgainAfterACrash() {
        int[] calls = {0};
        machines.with(Operation.POWER_OFF, true, () -> {
            if (calls[0]++ == 0) {
                crash();
            }
            server.goDown();
            return ended(0);
        });

        assertThat(throughACrash(accept(Operation.POWER_OFF, MachineOrders.NONE))
                        .state())
                .isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).hasSize(2);
    }

    @Test
    void aStartThatWasCutOffByACrashIsBelievedWhenTheServerAnswers() {
        server.goDown();
        machines.with(Operation.POWER_ON, () -> {
            server.powerOn();
            return crash();
        });

        assertThat(throughACrash(accept(Operation.POWER_ON, MachineOrders.NONE)).state())
                .isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).hasSize(1);
    }

    @Test
    void nobodyKnowsAboutAStartThatWasCutOffAndIsNotSeen() {
        server.goDown();
        machines.with(Operation.POWER_ON, MachineStepsTest::crash);

        assertThat(throughACrash(accept(Operation.POWER_ON, MachineOrders.NONE)).state())
                .isEqualTo(RunState.UNKNOWN);
    }

    @Test
    void aSnapshotIsRememberedWithItsEnd() {
        machines.doing(Operation.CREATE_SNAPSHOT, () -> {});

        RunReport run = runs.finishInTime(accept(Operation.CREATE_SNAPSHOT, MachineOrders.keptFor(7)));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        Snapshot snapshot = machines.of(WEB).orElseThrow();
        assertThat(snapshot.certain()).isTrue();
        assertThat(snapshot.name()).isEqualTo("web-01.20260301-120000");
        assertThat(snapshot.expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(7)));
        assertThat(machines.ran()).containsExactly("/machine createSnapshot web-01 web-01.20260301-120000");
    }

    @Test
    void thereIsOneSnapshotOfAServerAtATime() {
        machines.doing(Operation.CREATE_SNAPSHOT, () -> {});
        runs.finishInTime(accept(Operation.CREATE_SNAPSHOT, MachineOrders.keptFor(7)));
        runs.clock.advance(Duration.ofMinutes(1));

        RunReport second = runs.finishInTime(accept(Operation.CREATE_SNAPSHOT, MachineOrders.keptFor(7)));

        assertThat(second.state()).isEqualTo(RunState.FAILED);
        assertThat(machines.ran()).hasSize(1);
    }

    @Test
    void aSnapshotThatCouldNotBeMadeIsForgotten() {
        machines.with(Operation.CREATE_SNAPSHOT, () -> ended(1));

        RunReport run = runs.finishInTime(accept(Operation.CREATE_SNAPSHOT, MachineOrders.keptFor(7)));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(machines.of(WEB)).isEmpty();
    }

    @Test
    void aSnapshotOfWhichNobodyKnowsIsKeptInMindSoThatItIsDeletedSomeDay() {
        machines.with(Operation.CREATE_SNAPSHOT, MachineStepsTest::crash);

        RunReport run = throughACrash(accept(Operation.CREATE_SNAPSHOT, MachineOrders.keptFor(7)));

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(machines.of(WEB))
                .hasValueSatisfying(snapshot -> assertThat(snapshot.certain()).isFalse());
    }

    @Test
    void aDeletedSnapshotIsForgotten() {
        machines.doing(Operation.CREATE_SNAPSHOT, () -> {}).doing(Operation.DELETE_SNAPSHOT, () -> {});
        runs.finishInTime(accept(Operation.CREATE_SNAPSHOT, MachineOrders.keptFor(7)));
        String name = machines.of(WEB).orElseThrow().name();

        RunReport run = runs.finishInTime(accept(Operation.DELETE_SNAPSHOT, MachineOrders.about(name)));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.of(WEB)).isEmpty();
    }

    @Test
    void aServerThatIsPoweredOffIsStartedPatchedAndPoweredOffAgain() {
        server.needingRebootAfterInstall();
        server.goDown();
        machines.remember(WEB, PowerState.STOPPED, NOON);
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.installCommands()).isEqualTo(1);
        assertThat(server.rebootCommands()).isEqualTo(1);
        assertThat(server.shutDownCommands()).isEqualTo(1);
        assertThat(machines.ran()).containsExactly("/machine powerOn web-01");
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STOPPED);
        assertThat(text(run))
                .contains("it does not answer: about to run the command powerOn", "started: it answers")
                .contains("verified: nothing approved is missing; its machine is as it was before the run: stopped");
    }

    @Test
    void aServerThatAnswersIsNeitherStartedNorPoweredOff() {
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).isEmpty();
        assertThat(server.shutDownCommands()).isZero();
    }

    @Test
    void aRequestThatDoesNotSaySoStartsNothing() {
        server.goDown();
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.NONE));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(machines.ran()).isEmpty();
    }

    @Test
    void withoutACommandAServerThatIsPoweredOffFails() {
        server.goDown();

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(text(run)).contains("UNREACHABLE");
    }

    @Test
    void theVerdictStandsWhenTheMachineCannotBePoweredOffAgain() {
        server.goDown();
        machines.remember(WEB, PowerState.STOPPED, NOON);
        server.hangingWhenShutDown();
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(text(run)).contains("its machine is not as it was before the run");
    }

    @Test
    void aFailedRunIsPoweredOffAgainToo() {
        server.failingToInstall("one", io.patchway.run.InstallProgress.Meaning.FAILED);
        server.goDown();
        machines.remember(WEB, PowerState.STOPPED, NOON);
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("simulated trouble"));
        assertThat(server.shutDownCommands()).isEqualTo(1);
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STOPPED);
    }

    @Test
    void aServerThatMissesAFewConnectionsIsNotStarted() {
        server.goDown();
        machines.doing(Operation.POWER_ON, server::powerOn);
        RequestId request = accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST);
        while (runs.clock.instant().isBefore(NOON.plus(Duration.ofMinutes(3)))) {
            runs.stepInTime();
        }
        server.comeUp();

        RunReport run = runs.finishInTime(request);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).isEmpty();
        assertThat(server.shutDownCommands()).isZero();
    }

    @Test
    void aServerThatWasNotTakenForStoppedIsStartedLateAndLeftOn() {
        server.goDown();
        machines.doing(Operation.POWER_ON, server::powerOn);

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).containsExactly("/machine powerOn web-01");
        assertThat(server.shutDownCommands()).isZero();
        assertThat(machines.stateOf(WEB)).isEqualTo(PowerState.STARTED);
        assertThat(runs.clock.instant()).isAfter(NOON.plus(Duration.ofMinutes(3)));
        assertThat(run.notes().getLast().text()).endsWith("; its machine is left on");
    }

    @Test
    void aRunGoesOnWaitingWhenAServerThatMayRunCannotBeStarted() {
        server.goDown();
        machines.with(Operation.POWER_ON, () -> {
            server.comeUp();
            return ended(1);
        });

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).hasSize(1);
        assertThat(text(run))
                .contains("the command powerOn ended with status 1: as the command said; waiting for the server")
                .doesNotContain("left on");
    }

    @Test
    void aServerThatMayRunIsStartedOnceAndTheRunFailsWhenItStaysSilent() {
        server.goDown();
        machines.with(Operation.POWER_ON, () -> ended(1));

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(machines.ran()).hasSize(1);
        assertThat(text(run)).contains("UNREACHABLE");
    }

    @Test
    void aServerThatIsKnownToBeOffFailsAtOnceWhenItCannotBeStarted() {
        server.goDown();
        machines.remember(WEB, PowerState.STOPPED, NOON);
        machines.with(Operation.POWER_ON, () -> ended(1));

        RunReport run = runs.finishInTime(accept(Operation.INSTALL, MachineOrders.POWER_ON_FIRST));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(runs.clock.instant()).isBefore(NOON.plus(Duration.ofMinutes(1)));
    }

    @Test
    void aWindowsServerIsPoweredOffAgainByTheCommandForThat() {
        givenAStoppedWindowsServer();
        machines.doing(Operation.POWER_OFF, server::goDown);

        RunReport run = patchWindows();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).containsExactly("/machine powerOn win-01", "/machine powerOff win-01");
        assertThat(machines.stateOf(WINDOWS)).isEqualTo(PowerState.STOPPED);
        assertThat(text(run)).contains("its machine is as it was before the run: stopped");
    }

    @Test
    void aWindowsServerIsLeftOnWhereThereIsNoCommandToPowerItOff() {
        givenAStoppedWindowsServer();

        RunReport run = patchWindows();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(machines.ran()).containsExactly("/machine powerOn win-01");
        assertThat(server.shutDownCommands()).isZero();
        assertThat(run.notes().getLast().text()).endsWith("; its machine is left on");
    }

    private void givenAStoppedWindowsServer() {
        server.goDown();
        machines.remember(WINDOWS, PowerState.STOPPED, NOON);
        machines.doing(Operation.POWER_ON, server::powerOn);
    }

    private RunReport patchWindows() {
        return runs.finishInTime(runs.accept(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                SpecialOrders.NONE.on(MachineOrders.POWER_ON_FIRST),
                WINDOWS.value()));
    }

    private RunReport finish(Operation operation) {
        return runs.finishInTime(accept(operation, MachineOrders.NONE));
    }

    private RequestId accept(Operation operation, MachineOrders orders) {
        return runs.accept(
                operation, RebootOption.IF_NEEDED, Optional.empty(), SpecialOrders.NONE.on(orders), WEB.value());
    }

    /** Patchway is killed once; what was not committed is forgotten. */
    private RunReport throughACrash(RequestId request) {
        assertThatThrownBy(() -> runs.finishInTime(request)).isInstanceOf(Crash.class);
        return runs.finishInTime(request);
    }

    private static CommandEnding crash() {
        throw new Crash();
    }

    private static String text(RunReport run) {
        return run.notes().stream().map(RunNote::text).collect(Collectors.joining("\n"));
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
