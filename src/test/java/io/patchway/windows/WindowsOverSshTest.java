package io.patchway.windows;

import static io.patchway.windows.SimulatedUpdate.other;
import static io.patchway.windows.SimulatedUpdate.security;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.PatchSource;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.scan.HostProduct;
import io.patchway.server.OperatingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Windows server over SSH: a real SSH server on loopback with a stand-in for Windows behind it. */
class WindowsOverSshTest {
    static final SimulatedUpdate ROLLUP = security(
            "5034171",
            1,
            "2024-01 Security Monthly Quality Rollup for Windows Server 2012 R2 for x64-based Systems (KB5034171)",
            true);
    static final SimulatedUpdate STACK =
            security("5034866", 2, "2024-01 Servicing Stack Update for Windows Server 2012 R2 (KB5034866)", false);
    static final SimulatedUpdate NET =
            other("5034279", 3, "2024-01 Security and Quality Rollup for .NET Framework (KB5034279)", "Update Rollups");
    static final SimulatedUpdate TOOL =
            other("890830", 4, "Windows Malicious Software Removal Tool x64 - v5.120 (KB890830)", "Update Rollups");
    static final SimulatedUpdate LATER = security("3084905", 5, "Update for Windows Server 2012 R2 (KB3084905)", true);
    static final SimulatedUpdate LAST = other("2934520", 6, "Update for Windows Server 2012 R2 (KB2934520)", "Updates");

    @TempDir
    private Path folder;

    private SimulatedWindows windows =
            new SimulatedWindows(List.of(List.of(ROLLUP, STACK, NET, TOOL), List.of(LATER, LAST)));
    private SimulatedWindowsSsh ssh;
    private WindowsRun run;

    @BeforeEach
    void start() throws Exception {
        serve(windows);
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        ssh.close();
    }

    private void serve(SimulatedWindows other) throws Exception {
        if (ssh != null) {
            stop();
        }
        windows = other;
        ssh = new SimulatedWindowsSsh(windows, folder);
        run = new WindowsRun(ssh.settings());
    }

    @Test
    void fourThenTwoThenNoUpdatesAreThreeLooksTwoInstallsAndTwoReboots() {
        RunReport report = run.patch();

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(windows.installs()).isEqualTo(2);
        assertThat(windows.reboots()).isEqualTo(2);
        assertThat(report.changes())
                .filteredOn(change -> change.outcome() == Outcome.INSTALLED)
                .extracting(change -> change.key().name())
                .containsExactlyInAnyOrder("KB5034171", "KB5034866", "KB5034279", "KB890830", "KB3084905", "KB2934520");
        PatchChange rollup = report.changes().stream()
                .filter(change -> change.key().name().equals("KB5034171"))
                .findFirst()
                .orElseThrow();
        assertThat(rollup.classification()).isEqualTo("SecurityUpdates");
        assertThat(rollup.title()).isEqualTo(ROLLUP.title());
        assertThat(rollup.severity()).isEqualTo("Critical");
        assertThat(rollup.cves()).containsExactly("CVE-2024-20674");
    }

    @Test
    void theCommandLineIsOneConstantAndArgumentsAreData() {
        String hostile = "'; Remove-Item C:\\ -Recurse #`\"$(whoami)\n\u00e4 -Force";
        assertThat(run.access().checkHealth(run.server(), List.of("cmd.exe", hostile, ""), Duration.ofSeconds(5)))
                .isEmpty();
        run.patch();

        assertThat(ssh.commands()).hasSize(1);
        String command = ssh.commands().iterator().next();
        assertThat(command)
                .startsWith("powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass")
                .hasSizeLessThan(8_000);
        assertThat(ReceivedFeed.bootstrap(command))
                .contains("$lines = @($input)")
                .doesNotContain("KB5034171");
        assertThat(windows.received().getFirst().arguments()).containsExactly("5", "cmd.exe", hostile, "");
    }

    @Test
    void anUpdateThatFailsLeavesThePartialVerdictWithItsCodeInWords() throws Exception {
        serve(new SimulatedWindows(List.of(List.of(STACK, NET.failingWith("0x80240022"), TOOL))));

        RunReport report = run.patch();

        assertThat(report.state()).isEqualTo(RunState.PARTIAL);
        assertThat(report.changes())
                .filteredOn(change -> change.outcome() == Outcome.FAILED)
                .allSatisfy(change -> {
                    assertThat(change.key().name()).isEqualTo("KB5034279");
                    assertThat(change.reason())
                            .contains("KB5034279 failed, result code 4 (failed)")
                            .contains("0x80240022 WU_E_ALL_UPDATES_FAILED");
                })
                .isNotEmpty();
    }

    @Test
    void theRuleOfThePredefinedBaselineInstallsGraveSecurityUpdatesAlone() {
        RunReport report = run.patch(baseline(
                List.of(new ApprovalRule(
                        List.of(
                                new PatchFilter(FilterKey.PATCH_SET, List.of("OS")),
                                new PatchFilter(FilterKey.PRODUCT, List.of("WindowsServer2012R2")),
                                new PatchFilter(
                                        FilterKey.CLASSIFICATION, List.of("CriticalUpdates", "SecurityUpdates")),
                                new PatchFilter(FilterKey.MSRC_SEVERITY, List.of("Critical", "Important"))),
                        ComplianceLevel.CRITICAL,
                        new ApprovalDate.AfterDays(7),
                        false)),
                List.of()));

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.changes())
                .filteredOn(change -> change.outcome() == Outcome.INSTALLED)
                .extracting(change -> change.key().name())
                .containsExactlyInAnyOrder("KB5034171", "KB5034866");
    }

    @Test
    void anArticleThatABaselineApprovesByNumberIsInstalled() {
        RunReport report = run.patch(baseline(List.of(), List.of("KB5034279")));

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.changes()).extracting(change -> change.key().name()).containsExactly("KB5034279");
    }

    private static PatchBaseline baseline(List<ApprovalRule> rules, List<String> approved) {
        PatchBaseline all = PatchBaseline.everything(OperatingSystem.WINDOWS);
        return new PatchBaseline(
                "windows",
                "",
                OperatingSystem.WINDOWS,
                List.of(),
                rules,
                approved,
                ComplianceLevel.HIGH,
                false,
                List.of(),
                all.rejectedPatchesAction(),
                List.of(),
                Optional.empty(),
                false);
    }

    @Test
    void aSearchThatFailsIsNeverTakenForAnUpToDateServer() {
        windows.failScans("0x8024402C Exception from HRESULT: 0x8024402C");

        RunReport report = run.patch();

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.lastError())
                .hasValueSatisfying(error -> assertThat(error)
                        .contains("0x8024402C WU_E_PT_WINHTTP_NAME_NOT_RESOLVED")
                        .contains("cannot be resolved"));
        assertThat(windows.installs()).isZero();
    }

    @Test
    void aFullDiskEndsTheRunWithoutAReboot() throws Exception {
        serve(new SimulatedWindows(List.of(List.of(ROLLUP.failingWith("0x80070070")))));

        RunReport report = run.patch();

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(windows.reboots()).isZero();
    }

    @Test
    void aLaterWindowsServerIsServedAsWell() {
        windows.calledItself("Microsoft Windows Server 2025 Datacenter");
        assertThat(run.patch().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(HostProduct.of(run.access().hostFacts(run.server())))
                .hasValueSatisfying(product -> assertThat(product.product()).isEqualTo("WindowsServer2025"));
    }

    @Test
    void sourcesOfABaselineAreRefused() {
        var source = new PatchSource("mirror", List.of("*"), "deb http://x y z");
        assertThatThrownBy(() -> run.access().scan(run.server(), true, List.of(source)))
                .isInstanceOf(ServerFault.class)
                .hasMessageContaining("sources of a baseline are for Linux");
    }
}
