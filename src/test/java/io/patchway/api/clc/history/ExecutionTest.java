package io.patchway.api.clc.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Severity;
import io.patchway.run.HookOccasion;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.machine.InMemoryMachines;
import io.patchway.run.machine.PowerState;
import io.patchway.run.step.SteppedRuns;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What real runs over simulated servers look like, told after every single step. */
class ExecutionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Map<String, String> FOUR = Map.of("a", "2-1", "b", "2-1", "c", "2-1", "d", "2-1");
    private static final Map<String, String> TWO_MORE = Map.of("a", "3-1", "b", "3-1", "c", "2-1", "d", "2-1");

    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final List<Execution> told = new ArrayList<>();

    @Test
    void fourUpdatesThenTwoThenNoneAreThreeAttempts() {
        Execution execution = run(new SimulatedServer(FOUR, TWO_MORE).needingRebootAfterInstall());

        assertThat(execution.run().reboots()).isEqualTo(2);
        assertThat(execution.attempts())
                .extracting(Attempt::message)
                .containsExactly(
                        "Update Process Complete. There are 0 updates to install",
                        "Updates Downloaded Successfully downloaded 2 updates to install##a-3-1.x86_64 b-3-1.x86_64##",
                        "Updates Downloaded Successfully downloaded 4 updates to install"
                                + "##a-2-1.x86_64 b-2-1.x86_64 c-2-1.x86_64 d-2-1.x86_64##");
        assertThat(execution.endMessage()).isEqualTo("Updating Complete");
        assertThat(PatchLine.of(execution, List.of()))
                .extracting(PatchLine::installing)
                .containsExactly(
                        "Installing a-3-1.x86_64",
                        "Installing b-3-1.x86_64",
                        "Installing a-2-1.x86_64",
                        "Installing b-2-1.x86_64",
                        "Installing c-2-1.x86_64",
                        "Installing d-2-1.x86_64");
        assertThat(PatchLine.of(execution, List.of()))
                .extracting(PatchLine::resultCode)
                .containsOnly(2);
    }

    @Test
    void withoutAReboottheCheckAfterTheInstallIsTheLastAttempt() {
        Execution execution = run(new SimulatedServer(FOUR));

        List<Attempt> attempts = execution.attempts();
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getFirst().message()).isEqualTo(Words.NOTHING_TO_INSTALL);
        assertThat(attempts.getFirst().begin())
                .isEqualTo(attempts.getLast().end().orElseThrow());
    }

    @Test
    void aServerThatMissesNothingHasOneAttempt() {
        Execution execution = run(new SimulatedServer(Map.of()));

        assertThat(execution.attempts()).extracting(Attempt::message).containsExactly(Words.NOTHING_TO_INSTALL);
        assertThat(PatchLine.of(execution, List.of())).isEmpty();
    }

    @Test
    void anAdvisoryStandsWhereWindowsHasItsNumber() {
        Advisory advisory = new Advisory(
                "RHSA-2026:0042",
                "",
                Classification.SECURITY,
                Severity.IMPORTANT,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false);

        Execution execution = run(new SimulatedServer(Map.of("openssl", "2-1")).announcing(advisory));

        assertThat(PatchLine.of(execution, List.of()))
                .extracting(PatchLine::installing)
                .containsExactly("Installing openssl-2-1.x86_64 (RHSA-2026:0042)");
    }

    @Test
    void whatCouldNotBeInstalledFailedAndTheRestSucceeded() {
        Execution execution = run(new SimulatedServer(FOUR).failingToInstall("b", Meaning.FAILED));

        assertThat(execution.run().state()).isEqualTo(RunState.PARTIAL);
        assertThat(execution.attempts())
                .extracting(Attempt::message)
                .satisfiesExactly(
                        last -> assertThat(last).startsWith("Update Process Incomplete. 1 approved and still missing"),
                        second -> assertThat(second)
                                .isEqualTo("Update Process Failed. There are 1 updates to install##b-2-1.x86_64##"),
                        first -> assertThat(first).contains("downloaded 4 updates to install##a-2-1.x86_64 "));
        assertThat(execution.endMessage()).startsWith("Updating Incomplete: 1 approved and still missing");
        assertThat(PatchLine.of(execution, List.of()))
                .filteredOn(line -> line.installing().contains("b-2-1"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.resultCode()).isEqualTo(4);
                    assertThat(line.status()).isEqualTo("FAILED");
                });
        assertThat(PatchLine.of(execution, List.of()))
                .filteredOn(line -> line.installing().contains("c-2-1"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.resultCode()).isEqualTo(2);
                    assertThat(line.status()).isEqualTo("COMPLETED");
                });
    }

    @Test
    void aServerThatCannotBeScannedHasAnAttemptThatSaysWhy() {
        Execution execution = run(new SimulatedServer(FOUR)
                .failingToScan(new ServerFault(ServerFault.Kind.UNSUPPORTED, "an ancient yum")));

        assertThat(execution.attempts())
                .extracting(Attempt::message)
                .containsExactly("Update Process Failed. UNSUPPORTED: an ancient yum");
        assertThat(execution.endMessage()).isEqualTo("Updating Failed: UNSUPPORTED: an ancient yum");
    }

    @Test
    void aServerThatIsAwayHasNoSecondAttempt() {
        SteppedRuns runs = new SteppedRuns(
                new SimulatedServer(FOUR).needingRebootAfterInstall().neverReturning(), NOON, ledger);
        RequestId request = accept(runs, SpecialOrders.NONE);
        for (int i = 0; i < 20; i++) {
            step(runs, request);
        }

        assertThat(told.getLast().run().state()).isEqualTo(RunState.WAITING_FOR_RETURN);
        assertThat(told.getLast().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.message()).startsWith("Updates Downloaded Successfully"));
        assertThat(told.getLast().endMessage()).isEmpty();
    }

    @Test
    void whileTheMachineIsPutBackTheLastAttemptIsOpenAndNotAFailure() {
        SimulatedServer server = new SimulatedServer(FOUR);
        server.goDown();
        InMemoryMachines machines = new InMemoryMachines().doing(Operation.POWER_ON, server::powerOn);
        machines.remember(new ServerId("web-01"), PowerState.STOPPED, NOON);
        SteppedRuns runs = new SteppedRuns(server, NOON, ledger, machines.machines());
        RequestId request = accept(runs, SpecialOrders.NONE.on(MachineOrders.POWER_ON_FIRST));
        while (told.isEmpty() || !putsBack(told.getLast().run())) {
            step(runs, request);
            assertThat(told.size()).as("steps so far").isLessThan(100);
        }

        assertThat(told.getLast().attempts())
                .first()
                .satisfies(attempt -> assertThat(attempt).isEqualTo(Attempt.open(attempt.begin())));

        Execution execution = finish(runs, request);
        assertThat(execution.run().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(execution.attempts())
                .extracting(Attempt::message)
                .satisfiesExactly(
                        last -> assertThat(last).isEqualTo(Words.NOTHING_TO_INSTALL),
                        first -> assertThat(first).startsWith("Updates Downloaded Successfully"));
    }

    private static boolean putsBack(RunReport run) {
        return run.state() == RunState.OPERATING
                && run.notes().getLast().text().contains("first its machine is put back");
    }

    @Test
    void theLastHookIsNoAttemptAndNoInstall() {
        SteppedRuns runs = new SteppedRuns(new SimulatedServer(FOUR), NOON, ledger);
        runs.editHook("rejoin", "rejoin");

        Execution execution = run(
                runs, new SpecialOrders(Optional.empty(), Optional.empty(), Map.of(HookOccasion.ON_EXIT, "rejoin")));

        assertThat(execution.run().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(execution.attempts()).hasSize(2);
        assertThat(execution.installs()).hasSize(1);
    }

    @Test
    void anInstallOfWhichNobodyKnowsTheEndHasNoPatchesAndSaysSo() {
        SimulatedServer server = new SimulatedServer(FOUR).installingUntilStopped();
        SteppedRuns runs = new SteppedRuns(server, NOON, ledger);
        RequestId request = accept(runs, SpecialOrders.NONE);
        while (runOf(request).state() != RunState.INSTALLING) {
            step(runs, request);
        }
        step(runs, request);
        server.refusing(new ServerFault(ServerFault.Kind.HOST_KEY_CHANGED, "another host answers"));

        Execution execution = finish(runs, request);

        assertThat(execution.run().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(execution.attempts()).hasSize(1);
        assertThat(execution.attempts().getFirst().message()).startsWith("Update Process Unknown. ");
        assertThat(PatchLine.of(execution, List.of())).isEmpty();
    }

    @Test
    void anInstallThatGoesOnIsOpen() {
        SteppedRuns runs = new SteppedRuns(new SimulatedServer(FOUR).installingUntilStopped(), NOON, ledger);
        RequestId request = accept(runs, SpecialOrders.NONE);
        while (runOf(request).state() != RunState.INSTALLING) {
            step(runs, request);
        }

        Execution execution = Execution.of(runOf(request));

        assertThat(execution.openInstall()).isPresent();
        assertThat(execution.attempts())
                .containsExactly(Attempt.open(execution.attempts().getFirst().begin()));
        assertThat(execution.endMessage()).isEmpty();
    }

    private Execution run(SimulatedServer server) {
        return run(new SteppedRuns(server, NOON, ledger), SpecialOrders.NONE);
    }

    private Execution run(SteppedRuns runs, SpecialOrders special) {
        return finish(runs, accept(runs, special));
    }

    private static RequestId accept(SteppedRuns runs, SpecialOrders special) {
        return runs.accept(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), special, "web-01");
    }

    /**
     * Takes every step, each half a minute after the one before; whatever was told on the way must have stayed true.
     */
    private Execution finish(SteppedRuns runs, RequestId request) {
        while (runOf(request).endedAt().isEmpty()) {
            step(runs, request);
            assertThat(told.size()).as("steps so far").isLessThan(100);
        }
        for (int i = 1; i < told.size(); i++) {
            assertStaysTrue(told.get(i - 1), told.get(i));
        }
        return told.getLast();
    }

    private void step(SteppedRuns runs, RequestId request) {
        runs.stepAt(runs.clock.instant().plus(STEP));
        told.add(Execution.of(runOf(request)));
    }

    /** No attempt vanishes, and what was said to have ended stays as it was said. */
    private static void assertStaysTrue(Execution before, Execution after) {
        List<Attempt> earlier = before.attempts().reversed();
        List<Attempt> later = after.attempts().reversed();
        assertThat(later).hasSizeGreaterThanOrEqualTo(earlier.size());
        for (int i = 0; i < earlier.size(); i++) {
            assertThat(later.get(i).begin()).isEqualTo(earlier.get(i).begin());
            if (earlier.get(i).end().isPresent()) {
                assertThat(later.get(i)).isEqualTo(earlier.get(i));
            } else {
                assertThat(i).as("only the newest attempt is open").isEqualTo(earlier.size() - 1);
                assertThat(before.run().state().ended()).isFalse();
            }
        }
    }

    private RunReport runOf(RequestId request) {
        return ledger.report(request).orElseThrow().runs().getFirst();
    }
}
