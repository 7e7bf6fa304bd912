package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.filter;
import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.BaselineBuilder.on;
import static io.patchway.baseline.FilterKey.SEVERITY;
import static io.patchway.baseline.PatchBuilder.deb;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.Patch;
import io.patchway.server.OperatingSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionChoiceTest {
    private static List<Verdict> verdicts(Evaluation evaluation) {
        return evaluation.decisions().stream().map(PatchDecision::verdict).toList();
    }

    @Test
    void theNewestApprovedVersionIsWantedWhateverTheOrderOfTheScan() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .offers(
                        rpm("curl", "7.76-9").security("Low"),
                        rpm("curl", "7.76-10").security("Low"),
                        rpm("curl", "7.76-2").security("Low"));
        assertThat(host.missing(forRedHat().rule())).containsExactly("curl-7.76-10");
        assertThat(verdicts(host.evaluate(forRedHat().rule())))
                .containsExactly(Verdict.SUPERSEDED, Verdict.APPROVED, Verdict.SUPERSEDED);
    }

    @Test
    void aSupersededPatchNamesTheVersionThatIsWantedInstead() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .offers(
                        rpm("curl", "7.76-2").security("Low"),
                        rpm("curl", "7.76-3").security("Low"));
        assertThat(host.decide(forRedHat().rule()).getFirst().reason().text()).contains("7.76-3");
    }

    @Test
    void aBaselineThatApprovesOnlyTheOlderAdvisoryWantsTheOlderVersion() {
        Host host = new Host()
                .has("httpd", "2.4.62-1.el9")
                .offers(
                        rpm("httpd", "2.4.62-4.el9").security("Important"),
                        rpm("httpd", "2.4.62-7.el9").bugfix());
        BaselineBuilder baseline = forRedHat().rule(filter(SEVERITY, "Important"));
        assertThat(host.missing(baseline)).containsExactly("httpd-2.4.62-4.el9");
        assertThat(verdicts(host.evaluate(baseline))).containsExactly(Verdict.APPROVED, Verdict.NOT_APPROVED);
    }

    @Test
    void aNewerVersionWithoutANoticeIsLeftAloneUnlessNonSecurityIsOn() {
        Host host = new Host()
                .has("httpd", "2.4.62-1.el9")
                .offers(rpm("httpd", "2.4.62-4.el9").security("Important"), rpm("httpd", "2.4.62-7.el9"));
        assertThat(host.missing(forRedHat().rule())).containsExactly("httpd-2.4.62-4.el9");
        assertThat(host.missing(forRedHat().ruleWithNonSecurity())).containsExactly("httpd-2.4.62-7.el9");
    }

    @Test
    void aVersionStillInItsDelayLeavesTheOlderOne() {
        Host host = new Host()
                .has("httpd", "2.4.62-1.el9")
                .offers(
                        rpm("httpd", "2.4.62-4.el9").security("Important"),
                        rpm("httpd", "2.4.62-7.el9").advisory("RHSA-9", "Security", "Important", Host.NOW));
        assertThat(host.missing(forRedHat().ruleAfterDays(7))).containsExactly("httpd-2.4.62-4.el9");
    }

    @Test
    void onAptTheSecurityArchivesVersionIsWantedAndTheNewerOneLeftAlone() {
        Host host = new Host()
                .hasDeb("nginx", "1.22.1-9")
                .offers(
                        deb("nginx", "1.22.1-9+deb12u1").archive(true, "optional", "httpd"),
                        deb("nginx", "1.26.0-1~bpo12+1").archive(false, "optional", "httpd"));
        assertThat(host.missing(on(OperatingSystem.DEBIAN).rule())).containsExactly("nginx-1.22.1-9+deb12u1");
    }

    @Test
    void architecturesOfOnePackageAreChosenApart() {
        Host host = new Host()
                .has("glibc", "2.34-1")
                .offers(
                        rpm("glibc", "2.34-2").security("Low"),
                        rpm("glibc", "i686", "2.34-3").security("Low"));
        List<Patch> missing = host.evaluate(forRedHat().rule()).missing();
        assertThat(missing)
                .extracting(patch -> patch.key() + "-" + patch.version())
                .containsExactly("glibc.x86_64-2.34-2");
    }

    @Test
    void theHighestOfSeveralInstalledKernelsCounts() {
        Host host = new Host()
                .has("kernel", "5.14.0-503.el9")
                .has("kernel", "5.14.0-427.el9")
                .offers(rpm("kernel", "5.14.0-500.el9").security("Critical"));
        PackageState state = host.state(forRedHat().rule());
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED);
        assertThat(state.installed().orElseThrow()).hasToString("5.14.0-503.el9");
    }

    @Test
    void theSameVersionFromTwoRepositoriesIsWantedOnce() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .offers(
                        rpm("curl", "7.76-2").security("Low").repository("one"),
                        rpm("curl", "7.76-2").security("Low").repository("two"));
        assertThat(host.evaluate(forRedHat().rule()).missing())
                .extracting(Patch::repository)
                .containsExactly("one");
        assertThat(verdicts(host.evaluate(forRedHat().rule()))).containsExactly(Verdict.APPROVED, Verdict.SUPERSEDED);
    }

    @Test
    void aHeldPackageIsReportedHeldAndNeverMissing() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .holds("curl")
                .offers(
                        rpm("curl", "7.76-2").security("Low"),
                        rpm("curl", "7.76-3").security("Low"));
        Evaluation evaluation = host.evaluate(forRedHat().rule());
        assertThat(evaluation.missing()).isEmpty();
        assertThat(verdicts(evaluation)).containsExactly(Verdict.SUPERSEDED, Verdict.HELD);
        assertThat(evaluation.decisions().getLast().reason().decider()).isEqualTo("hold");
        assertThat(evaluation.states().getFirst().state().compliant()).isTrue();
    }

    @Test
    void whatTheScriptPackageExcludesIsReportedWithTheReason() {
        Host host = new Host()
                .has("kernel", "5.14.0-1")
                .has("nss-util", "3.90-1")
                .has("bash", "5.1-1")
                .excluding("kernel*", "nss*")
                .offers(
                        rpm("kernel", "5.14.0-2").security("Critical"),
                        rpm("nss-util", "3.90-2").security("Critical"),
                        rpm("bash", "5.1-2").security("Critical"));
        Evaluation evaluation = host.evaluate(forRedHat().rule());
        assertThat(verdicts(evaluation)).containsExactly(Verdict.EXCLUDED, Verdict.EXCLUDED, Verdict.APPROVED);
        assertThat(evaluation.decisions().getFirst().reason())
                .isEqualTo(new PatchDecision.Reason(
                        "package", "approved, but the script package of the request excludes 'kernel*'"));
        assertThat(host.missing(forRedHat().rule())).containsExactly("bash-5.1-2");
    }

    @Test
    void whatTheBaselineDoesNotApproveIsNotCalledHeld() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .holds("curl")
                .excluding("curl")
                .offers(rpm("curl", "7.76-2").bugfix());
        assertThat(verdicts(host.evaluate(forRedHat().rule(filter(SEVERITY, "Critical")))))
                .containsExactly(Verdict.NOT_APPROVED);
    }

    @Test
    void aRejectionComesBeforeAHold() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .holds("curl")
                .offers(rpm("curl", "7.76-2").security("Low"));
        assertThat(verdicts(host.evaluate(forRedHat().rule().rejected("curl")))).containsExactly(Verdict.REJECTED);
    }
}
