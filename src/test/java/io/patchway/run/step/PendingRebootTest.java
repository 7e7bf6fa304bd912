package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.ComplianceSummary;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchNotice;
import io.patchway.baseline.PatchState;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Severity;
import io.patchway.run.Operation;
import io.patchway.run.PatchOverride.InstallList;
import io.patchway.run.PatchOverride.ListedPatch;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.ScanRecord;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was installed waits for a reboot, however many runs look at the server in between. */
class PendingRebootTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final Advisory IMPORTANT = new Advisory(
            "RHSA-2026:1",
            "Important: update",
            Classification.SECURITY,
            Severity.IMPORTANT,
            Optional.of(NOON.minus(Duration.ofDays(60))),
            Optional.empty(),
            List.of("CVE-2026-1"),
            List.of(),
            false);

    private final SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));
    private final SimulatedServer vulnerable =
            new SimulatedServer(Map.of("one", "2-1", "two", "2-1", "three", "2-1")).announcing(IMPORTANT);
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

    @Test
    void securityUpdatesThatWaitAreCountedAsSuchByTheRunThatInstalledThemAndByLaterScans() {
        SteppedRuns secured = secured();

        for (ScanRecord scan : List.of(
                run(secured, Operation.INSTALL, RebootOption.NEVER),
                run(secured, Operation.SCAN, RebootOption.IF_NEEDED))) {
            ComplianceSummary summary = ComplianceSummary.of(scan.evaluation());
            assertThat(summary.counts()).containsEntry(PatchState.INSTALLED_PENDING_REBOOT, 3);
            assertThat(summary.severity()).contains(ComplianceLevel.HIGH);
            assertThat(summary.security()).isEqualTo(3);
            assertThat(summary.other()).isZero();
            assertThat(scan.evaluation().states()).allSatisfy(PendingRebootTest::remembersItsNotice);
        }
    }

    @Test
    void afterAnotherBootTheyAreInstalledWithTheSameNotices() {
        SteppedRuns secured = secured();
        run(secured, Operation.INSTALL, RebootOption.NEVER);
        vulnerable.bootByItself();

        for (int scans = 0; scans < 2; scans++) {
            ScanRecord scan = run(secured, Operation.SCAN, RebootOption.IF_NEEDED);
            assertThat(ComplianceSummary.of(scan.evaluation()).compliant()).isTrue();
            assertThat(scan.evaluation().states()).allSatisfy(state -> {
                assertThat(state.state()).isEqualTo(PatchState.INSTALLED);
                remembersItsNotice(state);
            });
        }
    }

    @Test
    void theNoticesOutliveTheRebootOfTheInstallItself() {
        vulnerable.needingRebootAfterInstall();

        ScanRecord after = run(secured(), Operation.INSTALL, RebootOption.IF_NEEDED);

        assertThat(vulnerable.rebootCommands()).isOne();
        assertThat(after.evaluation().states()).allSatisfy(state -> {
            assertThat(state.state()).isEqualTo(PatchState.INSTALLED);
            remembersItsNotice(state);
        });
    }

    @Test
    void whatAnInstallListNamedKeepsItsNoticeWhileItWaitsAndIsNobodysApprovalAfterwards() {
        SteppedRuns secured = secured();
        SpecialOrders list = new SpecialOrders(
                Optional.of(new InstallList("https://files/list", List.of(new ListedPatch("*", "*")))),
                Optional.empty());
        secured.lastScan(secured.accept(Operation.INSTALL, RebootOption.NEVER, Optional.empty(), list, "web01"));

        ScanRecord waiting = run(secured, Operation.SCAN, RebootOption.IF_NEEDED);
        assertThat(ComplianceSummary.of(waiting.evaluation()).security()).isEqualTo(3);
        assertThat(waiting.evaluation().states()).allSatisfy(PendingRebootTest::remembersItsNotice);

        vulnerable.bootByItself();
        assertThat(run(secured, Operation.SCAN, RebootOption.IF_NEEDED)
                        .evaluation()
                        .states())
                .extracting(PackageState::state)
                .containsOnly(PatchState.INSTALLED_OTHER);
    }

    /** Runs over a server with three security updates, under a rule of level HIGH. */
    private SteppedRuns secured() {
        SteppedRuns secured = new SteppedRuns(vulnerable, NOON);
        secured.editBaseline(BaselineBuilder.forRedHat()
                .rule(ComplianceLevel.HIGH, BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Security"))
                .build());
        return secured;
    }

    private static void remembersItsNotice(PackageState state) {
        assertThat(state.patchNotice()).contains(new PatchNotice("Security", "Important", true, ComplianceLevel.HIGH));
        assertThat(state.level()).isEqualTo(ComplianceLevel.HIGH);
    }

    private ScanRecord run(Operation operation, RebootOption rebootOption) {
        return run(runs, operation, rebootOption);
    }

    private static ScanRecord run(SteppedRuns runs, Operation operation, RebootOption rebootOption) {
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
