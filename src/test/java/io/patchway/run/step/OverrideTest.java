package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchState;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.run.InstallProgress;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchOverride.BaselineList;
import io.patchway.run.PatchOverride.InstallList;
import io.patchway.run.PatchOverride.ListedPatch;
import io.patchway.run.PatchOverride.ServerBaseline;
import io.patchway.run.PatchOverride.ServerBaselines;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs for which something else than the server's baseline decides. */
class OverrideTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, String> UPDATES = Map.of("one", "2-1", "two", "2-1");

    private SteppedRuns runs = runsOn(new SimulatedServer(UPDATES));

    private static SteppedRuns runsOn(SimulatedServer server) {
        return new SteppedRuns(server, NOON);
    }

    @Test
    void exactlyWhatIsListedIsInstalledAlsoWhenTheBaselineRejectsIt() {
        runs.editBaseline(rejecting("one"));

        RequestId request = accept(Operation.INSTALL, list("one.*", "*:2-1"));
        ScanRecord last = runs.lastScan(request);

        RunReport run = runs.ledger.report(request).orElseThrow().runs().get(0);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(installed(run)).containsExactly("one");
        assertThat(state(last, "one")).isEqualTo(PatchState.INSTALLED_REJECTED);
        assertThat(state(last, "two")).isEqualTo(PatchState.MISSING);
        assertThat(last.occasion().flatMap(occasion -> occasion.installList())).contains("https://files/list");
    }

    @Test
    void aTitleNamesTheVersionWithAndWithoutItsEpoch() {
        assertThat(installed(runs.finish(accept(Operation.INSTALL, list("one.*", "one.*:0:2-1")))))
                .containsExactly("one");
        runs = runsOn(new SimulatedServer(UPDATES));
        assertThat(installed(runs.finish(accept(Operation.INSTALL, list("one.*", "one.*:3-1")))))
                .isEmpty();
    }

    @Test
    void whatIsListedAndCannotBeInstalledHasFailed() {
        runs = runsOn(new SimulatedServer(UPDATES).failingToInstall("one", InstallProgress.Meaning.FAILED));

        ScanRecord last = runs.lastScan(accept(Operation.INSTALL, list("one.*", "*")));

        assertThat(state(last, "one")).isEqualTo(PatchState.FAILED);
        assertThat(state(last, "two")).isEqualTo(PatchState.MISSING);
    }

    @Test
    void aScanPassesOverTheList() {
        ScanRecord scan = runs.lastScan(accept(Operation.SCAN, list("one.*", "*")));

        assertThat(scan.evaluation().missing()).hasSize(2);
        assertThat(scan.occasion().flatMap(occasion -> occasion.installList())).isEmpty();
    }

    @Test
    void theBaselineForTheServersSystemIsUsedAndSaysNothingOfItsCompliance() {
        PatchOverride override = new BaselineList(
                "https://files/baselines", List.of(PatchBaseline.everything(OperatingSystem.DEBIAN), rejecting("two")));

        ScanRecord scan = runs.lastScan(accept(Operation.SCAN, override));

        assertThat(scan.evaluation().missing())
                .singleElement()
                .satisfies(patch -> assertThat(patch.key().name()).isEqualTo("one"));
        assertThat(scan.version()).isEqualTo(Optional.<BaselineVersion>empty());
        assertThat(scan.occasion())
                .hasValueSatisfying(
                        occasion -> assertThat(occasion.otherBaseline()).isTrue());
    }

    @Test
    void aRunWithoutABaselineForItsSystemFailsAndSaysSo() {
        PatchOverride override =
                new BaselineList("https://files/baselines", List.of(PatchBaseline.everything(OperatingSystem.DEBIAN)));

        RunReport run = runs.finish(accept(Operation.INSTALL, override));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError().orElseThrow() + run.notes())
                .contains("none of the baselines from https://files/baselines");
    }

    @Test
    void eachServerIsAskedForByNameAndGetsNothingOfAnother() {
        PatchOverride override = new ServerBaselines(
                "the template 'x'",
                List.of(
                        new ServerBaseline(
                                List.of(new ServerId("web02")),
                                PatchBaseline.everything(OperatingSystem.REDHAT_ENTERPRISE_LINUX)),
                        new ServerBaseline(List.of(new ServerId("web01")), rejecting("two"))));

        assertThat(installed(runs.finish(accept(Operation.INSTALL, override)))).containsExactly("one");
    }

    private RequestId accept(Operation operation, PatchOverride override) {
        return runs.accept(
                operation,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                new SpecialOrders(Optional.of(override), Optional.empty()),
                "web01");
    }

    private static InstallList list(String id, String title) {
        return new InstallList("https://files/list", List.of(new ListedPatch(id, title)));
    }

    private static List<String> installed(RunReport run) {
        return run.changes().stream()
                .filter(change -> change.outcome() == PatchChange.Outcome.INSTALLED)
                .map(change -> change.key().name())
                .toList();
    }

    private static PatchState state(ScanRecord scan, String name) {
        return scan.evaluation().states().stream()
                .filter(state -> state.key().name().equals(name))
                .map(PackageState::state)
                .findFirst()
                .orElseThrow();
    }

    private static PatchBaseline rejecting(String name) {
        PatchBaseline all = PatchBaseline.everything(OperatingSystem.REDHAT_ENTERPRISE_LINUX);
        return new PatchBaseline(
                "rejecting",
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
