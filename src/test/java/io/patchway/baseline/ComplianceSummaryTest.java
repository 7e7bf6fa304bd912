package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.filter;
import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.FilterKey.CLASSIFICATION;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComplianceSummaryTest {
    private static final BaselineBuilder BASELINE = forRedHat()
            .rule(ComplianceLevel.CRITICAL, filter(FilterKey.SEVERITY, "Critical"))
            .rule(ComplianceLevel.MEDIUM, filter(CLASSIFICATION, "Security"))
            .rule(ComplianceLevel.LOW, filter(CLASSIFICATION, "Bugfix"));

    @Test
    void aServerWithNothingMissingIsCompliant() {
        ComplianceSummary summary =
                ComplianceSummary.of(new Host().has("bash", "5.1-1").evaluate(BASELINE));
        assertThat(summary.compliant()).isTrue();
        assertThat(summary.severity()).isEmpty();
        assertThat(summary.counts())
                .containsEntry(PatchState.INSTALLED_OTHER, 1)
                .containsEntry(PatchState.MISSING, 0);
    }

    @Test
    void whatIsNotCompliantIsCountedByLevelAndClassification() {
        Host host = new Host()
                .has("bash", "5.1-1")
                .has("curl", "7.76-1")
                .has("vim", "8.2-1")
                .triedToInstall("curl")
                .offers(
                        rpm("bash", "5.1-2").security("Critical"),
                        rpm("curl", "7.76-2").security("Low"),
                        rpm("vim", "8.2-2").bugfix());
        ComplianceSummary summary = ComplianceSummary.of(host.evaluate(BASELINE));
        assertThat(summary.compliant()).isFalse();
        assertThat(summary.counts()).containsEntry(PatchState.MISSING, 2).containsEntry(PatchState.FAILED, 1);
        assertThat(summary.severity()).contains(ComplianceLevel.CRITICAL);
        assertThat(summary.critical()).isEqualTo(1);
        assertThat(summary.security()).isEqualTo(2);
        assertThat(summary.other()).isEqualTo(1);
    }

    @Test
    void anInstalledBlockedPackageMakesTheServerNotCompliant() {
        ComplianceSummary summary = ComplianceSummary.of(
                new Host().has("telnet", "0.17-1").evaluate(forRedHat().blocked("telnet")));
        assertThat(summary.compliant()).isFalse();
        assertThat(summary.severity()).contains(ComplianceLevel.UNSPECIFIED);
        assertThat(summary.other()).isEqualTo(1);
    }

    @Test
    void whatWaitsForARebootCountsByWhatIsRememberedOfIt() {
        Host host = new Host();
        for (String name : List.of("bash", "curl", "vim", "zlib")) {
            host.has(name, "2-1").installedWithoutReboot(name);
        }
        host.remembers("bash", new PatchNotice("Security", "Critical", true, ComplianceLevel.CRITICAL))
                .remembers("curl", new PatchNotice("Security", "Low", true, ComplianceLevel.MEDIUM))
                .remembers("vim", new PatchNotice("Bugfix", "None", false, ComplianceLevel.LOW));

        ComplianceSummary summary = ComplianceSummary.of(host.evaluate(BASELINE));

        assertThat(summary.counts()).containsEntry(PatchState.INSTALLED_PENDING_REBOOT, 4);
        assertThat(summary.severity()).contains(ComplianceLevel.CRITICAL);
        assertThat(summary.critical()).isEqualTo(1);
        assertThat(summary.security()).isEqualTo(2);
        assertThat(summary.other()).isEqualTo(2);
    }
}
