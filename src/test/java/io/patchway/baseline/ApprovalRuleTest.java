package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.filter;
import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.BaselineBuilder.on;
import static io.patchway.baseline.FilterKey.CLASSIFICATION;
import static io.patchway.baseline.FilterKey.PRIORITY;
import static io.patchway.baseline.FilterKey.SEVERITY;
import static io.patchway.baseline.Host.decide;
import static io.patchway.baseline.PatchBuilder.LONG_AGO;
import static io.patchway.baseline.PatchBuilder.deb;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalRuleTest {
    private static final PatchFilter SECURITY = filter(CLASSIFICATION, "Security");

    private static PatchBuilder openssl() {
        return rpm("openssl", "1:3.0.7-27.el9");
    }

    @Test
    void aBaselineWithoutRulesApprovesNothing() {
        PatchDecision decision = decide(forRedHat(), openssl().security("Critical"));
        assertThat(decision.verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(decision.reason().decider()).isEqualTo("ApprovalRules");
    }

    @Test
    void aRuleWithoutFiltersApprovesEverySecurityPatch() {
        PatchDecision decision = decide(forRedHat().rule(), openssl().security("Low"));
        assertThat(decision.verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(decision.reason().decider()).isEqualTo("ApprovalRules[0]");
    }

    @Test
    void everyFilterOfARuleMustMatch() {
        BaselineBuilder baseline = forRedHat().rule(SECURITY, filter(SEVERITY, "Critical"));
        assertThat(decide(baseline, openssl().security("Critical")).verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(decide(baseline, openssl().security("Low")).verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(decide(baseline, openssl().bugfix()).verdict()).isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void oneValueOfAFilterIsEnough() {
        BaselineBuilder baseline = forRedHat().rule(filter(SEVERITY, "Critical", "Important"));
        assertThat(decide(baseline, openssl().security("Important")).verdict()).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void letterCaseDoesNotCount() {
        BaselineBuilder redHat = forRedHat().rule(filter(CLASSIFICATION, "SECURITY"), filter(SEVERITY, "important"));
        assertThat(decide(redHat, openssl().security("IMPORTANT")).verdict()).isEqualTo(Verdict.APPROVED);
        BaselineBuilder debian = on(OperatingSystem.DEBIAN).rule(filter(PRIORITY, "Required"));
        assertThat(decide(debian, deb("libc6", "2.36-9").archive(true, "required", "libs"))
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aStarMatchesEverythingEvenAPropertyThatThePatchLacks() {
        BaselineBuilder baseline = forRedHat().ruleWithNonSecurity(filter(SEVERITY, "*"), filter(PRIORITY, "*"));
        assertThat(decide(baseline, openssl()).verdict()).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aStarInsideAFilterValueIsNoWildcard() {
        BaselineBuilder baseline = forRedHat().rule(filter(FilterKey.NAME, "open*"));
        assertThat(decide(baseline, openssl().security("Critical")).verdict()).isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void aFilterOnAPropertyThatThePatchLacksFails() {
        PatchDecision decision = decide(forRedHat().ruleWithNonSecurity(SECURITY), openssl());
        assertThat(decision.verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(decision.reason().text()).contains("it has no CLASSIFICATION");
    }

    @Test
    void mediumAndModerateAreOneSeverity() {
        assertThat(decide(
                                forRedHat().rule(filter(SEVERITY, "Medium")),
                                openssl().security("Moderate"))
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(
                                forRedHat().rule(filter(SEVERITY, "Moderate")),
                                openssl().security("medium"))
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aMissingSeverityIsTheWordNone() {
        assertThat(decide(forRedHat().rule(filter(SEVERITY, "None")), openssl().bugfix())
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void whatIsInAnAdvisoryOfAnyTypePassesAsASecurityPatch() {
        BaselineBuilder baseline = forRedHat().rule(filter(CLASSIFICATION, "Bugfix"));
        assertThat(decide(baseline, openssl().bugfix()).verdict()).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void whatIsInNoAdvisoryNeedsEnableNonSecurity() {
        PatchDecision without = decide(forRedHat().rule(), openssl());
        assertThat(without.verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(without.reason().text()).contains("EnableNonSecurity");
        assertThat(decide(forRedHat().ruleWithNonSecurity(), openssl()).verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void onAptTheArchiveSaysWhatIsASecurityPatch() {
        BaselineBuilder baseline = on(OperatingSystem.UBUNTU).rule();
        assertThat(decide(baseline, deb("curl", "8.5.0-2").archive(true, "optional", "web"))
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(baseline, deb("curl", "8.5.0-2").archive(false, "optional", "web"))
                        .verdict())
                .isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void onAptAChangelogMakesNoSecurityPatch() {
        BaselineBuilder baseline = on(OperatingSystem.UBUNTU).rule();
        assertThat(decide(
                                baseline,
                                deb("curl", "8.5.0-2")
                                        .archive(false, "optional", "web")
                                        .advisory("curl-8.5.0-2", "Security", "Critical", LONG_AGO))
                        .verdict())
                .isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void onZypperWhatIsInNoPatchIsNotASecurityPatch() {
        BaselineBuilder baseline = on(OperatingSystem.SUSE).rule();
        assertThat(decide(baseline, rpm("vim", "9.1-1").advisory("SUSE-2026-1", "Feature", "Low", LONG_AGO))
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(baseline, rpm("vim", "9.1-1")).verdict()).isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void windowsAndMacosKnowNoNonSecurityPatches() {
        for (OperatingSystem system : List.of(OperatingSystem.WINDOWS, OperatingSystem.MACOS)) {
            assertThat(decide(on(system).rule(), rpm("update", "1")).verdict()).isEqualTo(Verdict.APPROVED);
        }
    }

    @Test
    void theGravestLevelOfTheApprovingRulesCounts() {
        BaselineBuilder baseline = forRedHat()
                .rule(ComplianceLevel.LOW)
                .rule(ComplianceLevel.HIGH, SECURITY)
                .rule(ComplianceLevel.CRITICAL, filter(SEVERITY, "Critical"));
        PatchDecision decision = decide(baseline, openssl().security("Important"));
        assertThat(decision.level()).isEqualTo(ComplianceLevel.HIGH);
        assertThat(decision.reason().decider()).isEqualTo("ApprovalRules[1]");
    }

    @Test
    void aRuleMustHoldForOneAdvisoryAsAWhole() {
        BaselineBuilder baseline = forRedHat().rule(SECURITY, filter(SEVERITY, "Critical"));
        PatchBuilder mixed = openssl()
                .advisory("RHSA-1", "Security", "Low", LONG_AGO)
                .advisory("RHBA-2", "Bugfix", "Critical", LONG_AGO);
        assertThat(decide(baseline, mixed).verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(decide(baseline, mixed.advisory("RHSA-3", "Security", "Critical", LONG_AGO))
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void theReasonNamesTheRuleThatCameClosestAndWhatFailed() {
        BaselineBuilder baseline = forRedHat()
                .rule(filter(CLASSIFICATION, "Bugfix"), filter(SEVERITY, "Low"))
                .rule(SECURITY, filter(SEVERITY, "Critical", "Important"));
        PatchDecision decision = decide(baseline, openssl().security("Moderate"));
        assertThat(decision.reason())
                .isEqualTo(new PatchDecision.Reason(
                        "ApprovalRules[1]",
                        "ApprovalRules[1] came closest: its SEVERITY is Moderate, allowed is Critical, Important"));
    }

    @Test
    void ofEquallyCloseRulesTheFirstIsNamed() {
        BaselineBuilder baseline =
                forRedHat().rule(filter(SEVERITY, "Critical")).rule(filter(SEVERITY, "Important"));
        assertThat(decide(baseline, openssl().security("Low")).reason().decider())
                .isEqualTo("ApprovalRules[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "NAME, openssl",
        "ARCH, x86_64",
        "EPOCH, 1",
        "VERSION, 3.0.7",
        "RELEASE, 27.el9",
        "REPOSITORY, baseos",
        "PRODUCT, RedhatEnterpriseLinux9.4",
        "PATCH_SET, OS",
        "ADVISORY_ID, RHSA-2026:77",
        "CVE_ID, CVE-2026-2",
        "BUGZILLA_ID, 2200001",
        "CLASSIFICATION, Security",
        "SEVERITY, Critical",
        "SECURITY, True"
    })
    void aFilterCanAskForEveryPropertyOfAnRpm(FilterKey key, String value) {
        PatchBuilder patch = openssl()
                .repository("baseos")
                .advisory(
                        "RHSA-2026:77",
                        "Security",
                        "Critical",
                        Optional.of(LONG_AGO),
                        Optional.empty(),
                        List.of("CVE-2026-1", "CVE-2026-2"),
                        List.of("2200001"));
        assertThat(decide(forRedHat().rule(filter(key, value)), patch).verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(forRedHat().rule(filter(key, "another")), patch).verdict())
                .isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void aFilterCanAskForTheSectionOfADeb() {
        PatchBuilder patch = deb("nginx", "1.22.1-9").archive(true, "optional", "httpd");
        assertThat(decide(on(OperatingSystem.DEBIAN).rule(filter(FilterKey.SECTION, "httpd")), patch)
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(on(OperatingSystem.DEBIAN).rule(filter(FilterKey.SECTION, "libs")), patch)
                        .verdict())
                .isEqualTo(Verdict.NOT_APPROVED);
    }
}
