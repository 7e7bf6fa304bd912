package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.faults.Survives;
import io.patchway.run.PatchChange;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.Transition;
import io.patchway.server.OperatingSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whole runs to which something happens, step by step. */
class TroubledRunTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    @Survives(38)
    void aBaselineThatIsEditedDuringARunCountsFromTheNextRunOn() {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"), Map.of("one", "2-1", "two", "2-1"))
                .needingRebootAfterInstall();
        SteppedRuns runs = new SteppedRuns(server, NOON);
        RequestId first = runs.accept(Optional.empty(), "web01");
        while (runs.current().state() != RunState.INSTALLING) {
            runs.stepAt(NOON);
        }

        runs.editBaseline(rejecting("two"));

        RunReport run = runs.finish(first);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.changes())
                .filteredOn(change -> change.outcome() == PatchChange.Outcome.INSTALLED)
                .extracting(change -> change.key().name())
                .containsExactly("one", "two");

        SteppedRuns later = new SteppedRuns(new SimulatedServer(Map.of("one", "2-1", "two", "2-1")), NOON);
        later.editBaseline(rejecting("two"));
        assertThat(later.finish(later.accept(Optional.empty(), "web01")).changes())
                .filteredOn(change -> change.key().name().equals("two"))
                .extracting(PatchChange::outcome)
                .containsOnly(PatchChange.Outcome.SKIPPED);
    }

    @Test
    void runsOfOneSnapshotSeeOneApprovedSetAndCountDelaysFromOneInstant() {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1", "two", "2-1"));
        SteppedRuns runs = new SteppedRuns(server, NOON);
        UUID snapshot = UUID.randomUUID();
        RequestId first = runs.accept(Optional.of(snapshot), "web01");
        runs.finish(first);
        runs.editBaseline(rejecting("two"));
        Instant later = NOON.plus(Duration.ofHours(5));
        runs.clock.set(later);

        runs.accept(Optional.of(snapshot), "web02");
        assertThat(frozen(runs)).satisfies(frozen -> {
            assertThat(frozen.content().rejectedPatches()).isEmpty();
            assertThat(frozen.approvalClock())
                    .hasValueSatisfying(instant -> assertThat(instant).isBefore(later));
        });

        runs.accept(Optional.of(UUID.randomUUID()), "web03");
        assertThat(frozen(runs).content().rejectedPatches()).containsExactly("two");
    }

    /** What the open run works with once it has been scanned; nothing is missing, so that it ends there. */
    private static FrozenBaseline frozen(SteppedRuns runs) {
        Transition step = runs.stepAt(runs.clock.instant());
        while (step.memory().frozen().isEmpty()) {
            step = runs.stepAt(runs.clock.instant());
        }
        assertThat(step.next()).isEqualTo(RunState.SUCCEEDED);
        return step.memory().frozen().orElseThrow();
    }

    @Test
    @Survives(41)
    void aPackageManagerThatUpdatedItselfIsRunOnceMoreBeforeAnyReboot() {
        SimulatedServer server = new SimulatedServer(Map.of("zypper", "2-1", "other", "2-1"))
                .updatingItselfFirst("zypper")
                .needingRebootAfterInstall();
        SteppedRuns runs = new SteppedRuns(server, NOON);

        RunReport run = runs.finish(runs.accept(Optional.empty(), "web01"));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.notes())
                .extracting(RunNote::state)
                .containsSubsequence(RunState.INSTALLING, RunState.VERIFYING, RunState.INSTALLING, RunState.REBOOTING);
        assertThat(server.installCommands()).isEqualTo(2);
        assertThat(server.rebootCommands()).isEqualTo(1);
    }

    @Test
    @Survives(22)
    void anInstallWhoseStartGotNoAnswerIsAskedForAndNotStartedAgain() {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1")).droppingTheConnectionOnceWhenInstalling();
        SteppedRuns runs = new SteppedRuns(server, NOON);

        RunReport run = runs.finish(runs.accept(Optional.empty(), "web01"));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.installCommands()).isOne();
    }

    @Test
    @Survives(42)
    void patchwaysOwnServerWaitsUntilAllOthersAreDone() {
        SteppedRuns runs = new SteppedRuns(new SimulatedServer(Map.of("one", "2-1")).ownHost(), NOON);
        RequestId request = runs.accept(Optional.empty(), "patchway-01", "web-02");
        runs.step("patchway-01");

        Transition first = runs.step("patchway-01");
        runs.clock.advance(Duration.ofHours(2));
        Transition second = runs.step("patchway-01");

        assertThat(first.next()).isEqualTo(RunState.PRECHECK);
        assertThat(first.note().orElseThrow())
                .isEqualTo("Patchway itself runs on patchway-01: it waits until all other servers are done");
        assertThat(second.note()).isEmpty();
        assertThat(second.deadline()).contains(runs.clock.instant().plus(Duration.ofMinutes(5)));
        runs.end("web-02");
        assertThat(runs.finish(request).state()).isEqualTo(RunState.SUCCEEDED);
    }

    private static PatchBaseline rejecting(String name) {
        PatchBaseline all = PatchBaseline.everything(OperatingSystem.REDHAT_ENTERPRISE_LINUX);
        return new PatchBaseline(
                "edited",
                all.description(),
                all.operatingSystem(),
                all.globalFilters(),
                all.approvalRules(),
                all.approvedPatches(),
                all.approvedPatchesComplianceLevel(),
                all.approvedPatchesEnableNonSecurity(),
                List.of(name),
                RejectedPatchesAction.BLOCK,
                all.sources(),
                Optional.empty(),
                false);
    }
}
