package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchSource;
import io.patchway.run.PatchChange;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.SimulatedServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs whose baseline brings repositories of its own. */
class SourcesOfBaselineTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String MIRROR = "[mirror]\nbaseurl=https://mirror.example.com";

    private final SimulatedServer server =
            new SimulatedServer(Map.of("own", "2-1")).offeringFromSources(Map.of("mirrored", "2-1"));

    @Test
    void oneMoreScanAndTheInstallAndItsProofAreWithTheSourcesForTheServersProductAlone() {
        RunReport run = run(everything()
                .source("for-rhel", MIRROR, "redhatenterpriselinux9.4")
                .source("for-others", "[others]\nbaseurl=https://x", "RedhatEnterpriseLinux8.10")
                .build());

        List<PatchSource> sources = List.of(new PatchSource("for-rhel", List.of("redhatenterpriselinux9.4"), MIRROR));
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.scannedSources()).containsExactly(List.of(), sources, sources);
        assertThat(server.installedFrom()).isEqualTo(sources);
        assertThat(run.changes())
                .filteredOn(change -> change.outcome() == PatchChange.Outcome.INSTALLED)
                .extracting(change -> change.key().name())
                .containsExactly("mirrored");
        assertThat(run.notes())
                .extracting(RunNote::text)
                .contains("baseline test-baseline brings the sources that count here: for-rhel");
    }

    @Test
    void afterARebootTheyAreStillTheOnlyOnes() {
        server.needingRebootAfterInstall();

        RunReport run = run(everything().source("mirror", MIRROR, "*").build());

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.rebootCommands()).isOne();
        assertThat(server.scannedSources().stream().skip(1))
                .hasSizeGreaterThan(2)
                .noneMatch(List::isEmpty);
    }

    @Test
    void sourcesForOtherProductsChangeNothing() {
        RunReport run =
                run(everything().source("for-debian", MIRROR, "Debian12").build());

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.scannedSources()).containsOnly(List.of());
        assertThat(server.installedFrom()).isEmpty();
    }

    @Test
    void aServerWithoutAWorkingRepositoryOfItsOwnIsPatchedFromTheSources() {
        server.failingToScan(new ServerFault(ServerFault.Kind.METADATA, "web01: no repository"));

        RunReport run = run(everything().source("mirror", MIRROR, "*").build());

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.changes()).extracting(change -> change.key().name()).contains("mirrored");
    }

    @Test
    void aServerWithoutAWorkingRepositoryIsAFaultWhenTheBaselineBringsNone() {
        server.failingToScan(new ServerFault(ServerFault.Kind.METADATA, "web01: no repository"));

        assertThat(run(everything().source("mirror", MIRROR, "Debian12").build())
                        .state())
                .isEqualTo(RunState.FAILED);
    }

    @Test
    void aConfigurationThatThePackageManagerCouldNotReadEndsTheRunWithAClearWord() {
        RunReport run = run(
                everything().source("for-apt", "deb http://x stable main", "*").build());

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.notes())
                .extracting(RunNote::text)
                .anyMatch(text -> text.contains("baseline test-baseline, source for-apt: line 1 of its configuration"));
        assertThat(server.installCommands()).isZero();
    }

    private RunReport run(PatchBaseline baseline) {
        SteppedRuns runs = new SteppedRuns(server, NOON);
        runs.editBaseline(baseline);
        return runs.finish(runs.accept(Optional.empty(), "web01"));
    }

    private static BaselineBuilder everything() {
        return BaselineBuilder.forRedHat().ruleWithNonSecurity();
    }
}
