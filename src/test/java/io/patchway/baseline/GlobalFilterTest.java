package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.Host.decide;
import static io.patchway.baseline.PatchBuilder.LONG_AGO;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.PatchDecision.Verdict;
import org.junit.jupiter.api.Test;

class GlobalFilterTest {
    private static PatchBuilder sudo() {
        return rpm("sudo", "1.9.5p2-10.el9").security("Critical");
    }

    @Test
    void whatFailsAGlobalFilterIsSeenByNoRule() {
        PatchDecision decision = decide(
                forRedHat()
                        .globalFilter(FilterKey.SEVERITY, "*")
                        .globalFilter(FilterKey.NAME, "bash")
                        .rule(),
                sudo());
        assertThat(decision.verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(decision.reason())
                .isEqualTo(new PatchDecision.Reason(
                        "GlobalFilters[1]",
                        "GlobalFilters[1] keeps it from every rule: its NAME is sudo, allowed is bash"));
    }

    @Test
    void whatPassesEveryGlobalFilterIsLeftToTheRules() {
        BaselineBuilder baseline = forRedHat()
                .globalFilter(FilterKey.NAME, "bash", "SUDO")
                .globalFilter(FilterKey.PRODUCT, "RedhatEnterpriseLinux9.4")
                .rule();
        assertThat(decide(baseline, sudo()).verdict()).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aGlobalFilterApprovesNothingByItself() {
        assertThat(decide(forRedHat().globalFilter(FilterKey.NAME, "sudo"), sudo())
                        .verdict())
                .isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void anApprovalByNameWinsOverGlobalFilters() {
        BaselineBuilder baseline =
                forRedHat().globalFilter(FilterKey.NAME, "bash").approved("sudo");
        assertThat(decide(baseline, sudo()).verdict()).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void anAdvisoryThatFailsAGlobalFilterHelpsNoRule() {
        BaselineBuilder baseline = forRedHat()
                .globalFilter(FilterKey.SEVERITY, "Low")
                .rule(BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Security"));
        PatchBuilder patch = sudo().advisory("RHBA-1", "Bugfix", "Low", LONG_AGO);
        assertThat(decide(baseline, patch).verdict()).isEqualTo(Verdict.NOT_APPROVED);
    }

    @Test
    void aPatchThatAGlobalFilterHidesDoesNotWaitForADelay() {
        BaselineBuilder baseline =
                forRedHat().globalFilter(FilterKey.NAME, "bash").ruleAfterDays(360);
        assertThat(decide(baseline, sudo()).verdict()).isEqualTo(Verdict.NOT_APPROVED);
    }
}
