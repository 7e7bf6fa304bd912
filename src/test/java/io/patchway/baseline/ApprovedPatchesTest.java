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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovedPatchesTest {
    private static PatchBuilder nss() {
        return rpm("nss-util", "1:3.90.0-6.el9")
                .advisory(
                        "RHSA-2017:0864",
                        "Security",
                        "Critical",
                        Optional.of(LONG_AGO),
                        Optional.empty(),
                        List.of("CVE-2024-0743"),
                        List.of("2260012"));
    }

    private static Verdict verdict(OperatingSystem system, String entry, PatchBuilder patch) {
        return decide(on(system).approved(entry), patch).verdict();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2260012",
                "CVE-2024-0743",
                "cve-2024-0743",
                "RHSA-2017:0864",
                "nss-util",
                "nss-util.x86_64",
                "nss-util-3.90.0",
                "nss-util-3.90.0-6.el9",
                "nss-util-3.90.0-6.el9.x86_64",
                "nss-util-1:3.90.0-6.el9.x86_64",
                "1:nss-util-3.90.0-6.el9.x86_64",
                "nss*",
                "*util-3.90*",
                "1:nss*",
                "nss-util-3.90.0-*.x86_64",
                "*"
            })
    void onYumAnEntryNamesThePatchInEverySpelling(String entry) {
        assertThat(verdict(OperatingSystem.REDHAT_ENTERPRISE_LINUX, entry, nss()))
                .isEqualTo(Verdict.APPROVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nss",
                "nss-util-3.9",
                "nss-util.noarch",
                "nss-util-2:3.90.0-6.el9.x86_64",
                "226001",
                "RHSA-2017:086",
                "RHSA-2017:*",
                "CVE-2024-074",
                "NSS-UTIL",
                "nss-uti?",
                "nss-uti[l]",
                "nss.util"
            })
    void onYumOtherEntriesMeanSomethingElse(String entry) {
        assertThat(verdict(OperatingSystem.REDHAT_ENTERPRISE_LINUX, entry, nss()))
                .isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void aPlusInANameMeansItself() {
        PatchBuilder patch = rpm("libstdc++", "11.4.1-3.el9").security("Low");
        assertThat(verdict(OperatingSystem.CENTOS, "libstdc++", patch)).isEqualTo(Verdict.APPROVED);
        assertThat(verdict(OperatingSystem.CENTOS, "libstdccc", patch)).isEqualTo(Verdict.NOT_APPROVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "openssl.amd64", "openssl.amd64:3.0.15-1~deb12u1", "openss*", "*:3.0.15*"})
    void onAptAnEntryIsAPackageNameWithOrWithoutArchitectureAndVersion(String entry) {
        PatchBuilder patch = deb("openssl", "3.0.15-1~deb12u1").archive(true, "optional", "utils");
        assertThat(verdict(OperatingSystem.DEBIAN, entry, patch)).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void onAptAReferenceIsNoName() {
        PatchBuilder patch =
                deb("openssl", "3.0.15-1").archive(true, "optional", "utils").fixes("CVE-2026-1");
        assertThat(verdict(OperatingSystem.DEBIAN, "CVE-2026-1", patch)).isEqualTo(Verdict.NOT_APPROVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUSE-SLE-Module-Basesystem-15-SP5-2023-123",
                "SUSE-SLE-*-123",
                "zlib-1.2.13-150500.4.3.1.x86_64.rpm",
                "zlib-1.2.13-150500.4.3.1.x86_64",
                "zlib-1.2*.rpm",
                "zlib"
            })
    void onZypperAnEntryIsAPatchOrAPackageFile(String entry) {
        PatchBuilder patch = rpm("zlib", "1.2.13-150500.4.3.1")
                .advisory("SUSE-SLE-Module-Basesystem-15-SP5-2023-123", "Security", "Important", LONG_AGO);
        assertThat(verdict(OperatingSystem.SUSE, entry, patch)).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void onWindowsAnEntryIsTheWholeIdOfAnUpdate() {
        PatchBuilder patch = rpm("Update", "1").advisory("KB2032276", "SecurityUpdates", "Critical", LONG_AGO);
        assertThat(verdict(OperatingSystem.WINDOWS, "KB2032276", patch)).isEqualTo(Verdict.APPROVED);
        assertThat(verdict(OperatingSystem.WINDOWS, "KB20*", patch)).isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void onMacosNoWildcardCounts() {
        assertThat(verdict(OperatingSystem.MACOS, "Safari-17.1", rpm("Safari", "17.1")))
                .isEqualTo(Verdict.APPROVED);
        assertThat(verdict(OperatingSystem.MACOS, "Saf*", rpm("Safari", "17.1")))
                .isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void noDelayAppliesToAnApprovalByName() {
        PatchBuilder patch = rpm("bash", "5.1-2").advisory("RHSA-1", "Security", "Low", Host.NOW);
        assertThat(decide(forRedHat().ruleAfterDays(30).approved("bash"), patch).verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void whatIsNoSecurityPatchNeedsTheSwitchOfTheList() {
        PatchBuilder patch = rpm("bash", "5.1-2");
        PatchDecision without = decide(forRedHat().rule().approved("vim", "bash"), patch);
        assertThat(without.verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(without.reason().decider()).isEqualTo("ApprovedPatches[1]");
        assertThat(without.reason().text()).contains("ApprovedPatchesEnableNonSecurity");
        assertThat(decide(forRedHat().approved("bash").approvedNonSecurity(), patch)
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aRuleMayStillApproveWhatTheListMayNot() {
        PatchBuilder patch = rpm("bash", "5.1-2");
        assertThat(decide(forRedHat().ruleWithNonSecurity().approved("bash"), patch)
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void theListHasAComplianceLevelOfItsOwn() {
        PatchBuilder patch = rpm("bash", "5.1-2").security("Low");
        BaselineBuilder baseline =
                forRedHat().rule(ComplianceLevel.MEDIUM).approved("bash").approvedLevel(ComplianceLevel.HIGH);
        PatchDecision decision = decide(baseline, patch);
        assertThat(decision.level()).isEqualTo(ComplianceLevel.HIGH);
        assertThat(decision.reason().decider()).isEqualTo("ApprovedPatches[0]");
        assertThat(decide(baseline.rule(ComplianceLevel.CRITICAL), patch).level())
                .isEqualTo(ComplianceLevel.CRITICAL);
    }

    @Test
    void aPatchThatIsTooYoungIsApprovedByItsAdvisory() {
        Instant today = Host.NOW.minusSeconds(60);
        PatchBuilder patch = rpm("bash", "5.1-2").advisory("RHSA-2026:9", "Security", "Low", today);
        assertThat(decide(forRedHat().ruleAfterDays(7).approved("RHSA-2026:9"), patch)
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }
}
