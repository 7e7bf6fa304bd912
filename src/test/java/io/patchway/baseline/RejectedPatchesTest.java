package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.BaselineBuilder.on;
import static io.patchway.baseline.Host.decide;
import static io.patchway.baseline.PatchBuilder.LONG_AGO;
import static io.patchway.baseline.PatchBuilder.deb;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.server.OperatingSystem;
import org.junit.jupiter.api.Test;

class RejectedPatchesTest {
    private static PatchBuilder kernel() {
        return rpm("kernel-core", "5.14.0-503.el9").advisory("RHSA-2026:1", "Security", "Critical", LONG_AGO);
    }

    @Test
    void aRejectionWinsOverRulesAndApprovalsByName() {
        PatchDecision decision =
                decide(forRedHat().rule().approved("kernel-core").rejected("nss", "kernel*"), kernel());
        assertThat(decision.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(decision.reason().decider()).isEqualTo("RejectedPatches[1]");
        assertThat(decision.reason().text()).contains("'kernel*'").contains("may only come in as a dependency");
    }

    @Test
    void aBlockedPatchSaysSo() {
        assertThat(decide(forRedHat().rule().blocked("kernel*"), kernel())
                        .reason()
                        .text())
                .contains("it is blocked");
    }

    @Test
    void onYumOnlyNamesCanBeRejected() {
        assertThat(decide(forRedHat().rule().rejected("RHSA-2026:1"), kernel()).verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(forRedHat().rule().rejected("kernel-core-5.14.0-503.el9.x86_64"), kernel())
                        .verdict())
                .isEqualTo(Verdict.REJECTED);
    }

    @Test
    void onZypperAPatchCanBeRejectedByItsName() {
        assertThat(decide(on(OperatingSystem.SUSE).rule().rejected("RHSA-2026:*"), kernel())
                        .verdict())
                .isEqualTo(Verdict.REJECTED);
    }

    @Test
    void onAptABareNameRejectsEveryVersionAndArchitecture() {
        PatchBuilder patch = deb("linux-image-amd64", "6.1.112-1").archive(true, "optional", "kernel");
        assertThat(decide(on(OperatingSystem.DEBIAN).rule().rejected("linux-image-*"), patch)
                        .verdict())
                .isEqualTo(Verdict.REJECTED);
    }

    @Test
    void aRejectedVersionLeavesTheOlderApprovedOne() {
        Host host = new Host()
                .has("bash", "5.1-1")
                .offers(
                        rpm("bash", "5.1-2").security("Low"),
                        rpm("bash", "5.1-3").security("Low"));
        assertThat(host.missing(forRedHat().rule().rejected("bash-5.1-3"))).containsExactly("bash-5.1-2");
    }

    @Test
    void whatIsRejectedIsNeverMissing() {
        Host host = new Host().has("kernel-core", "5.14.0-1.el9").offers(kernel());
        assertThat(host.missing(forRedHat().rule().rejected("kernel*"))).isEmpty();
        assertThat(host.missing(forRedHat().rule().blocked("kernel*"))).isEmpty();
    }
}
