package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.filter;
import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.BaselineBuilder.on;
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
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalDateTest {
    private static PatchBuilder issued(String instant) {
        return rpm("bash", "5.1-2").advisory("RHSA-1", "Security", "Low", Instant.parse(instant));
    }

    private static PatchBuilder dated(Optional<Instant> issued, Optional<Instant> updated) {
        return rpm("bash", "5.1-2").advisory("RHSA-1", "Security", "Low", issued, updated, List.of(), List.of());
    }

    private static PatchDecision decide(BaselineBuilder baseline, PatchBuilder patch, String now) {
        return new Host().at(now).offers(patch).decide(baseline).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-16T17:59:59Z, NOT_YET_APPROVED",
        "2025-11-16T18:00:00Z, NOT_YET_APPROVED",
        "2025-11-16T18:00:01Z, APPROVED",
        "2025-12-31T00:00:00Z, APPROVED"
    })
    void aPatchIsApprovedStrictlyMoreThanTheDaysOfTheDelayAfterItsDate(String now, Verdict verdict) {
        assertThat(decide(forRedHat().ruleAfterDays(7), issued("2025-11-09T18:00:00Z"), now)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aWaitingPatchSaysFromWhenOnItIsApproved() {
        PatchDecision decision =
                decide(forRedHat().ruleAfterDays(7), issued("2025-11-09T18:00:00Z"), "2025-11-10T00:00:00Z");
        assertThat(decision.approvedFrom()).contains(Instant.parse("2025-11-16T18:00:00Z"));
        assertThat(decision.reason().decider()).isEqualTo("ApprovalRules[0]");
        assertThat(decision.reason().text()).contains("7 days after").contains("2025-11-09T18:00:00Z");
    }

    @Test
    void ofSeveralWaitingRulesTheFirstToApproveIsNamed() {
        BaselineBuilder baseline =
                forRedHat().ruleAfterDays(30).ruleAfterDays(7).ruleAfterDays(14);
        PatchDecision decision = decide(baseline, issued("2025-11-09T18:00:00Z"), "2025-11-10T00:00:00Z");
        assertThat(decision.approvedFrom()).contains(Instant.parse("2025-11-16T18:00:00Z"));
        assertThat(decision.reason().decider()).isEqualTo("ApprovalRules[1]");
    }

    @Test
    void aRuleWhoseFiltersFailDoesNotWait() {
        BaselineBuilder baseline = forRedHat().ruleAfterDays(7, filter(FilterKey.SEVERITY, "Critical"));
        PatchDecision decision = decide(baseline, issued("2025-11-09T18:00:00Z"), "2025-11-10T00:00:00Z");
        assertThat(decision.verdict()).isEqualTo(Verdict.NOT_APPROVED);
        assertThat(decision.approvedFrom()).isEmpty();
        assertThat(decision.reason().text()).contains("SEVERITY is Low");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-09T23:59:59Z, APPROVED",
        "2025-11-10T00:00:00Z, NOT_APPROVED",
        "2025-11-09T00:00:00Z, APPROVED",
        "2025-11-11T00:00:00Z, NOT_APPROVED"
    })
    void anUntilDayIncludesItsLastSecondInUtc(String date, Verdict verdict) {
        assertThat(decide(forRedHat().ruleUntil("2025-11-09"), issued(date), "2026-06-01T00:00:00Z")
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void whatComesAfterTheUntilDayIsNeverApproved() {
        PatchDecision decision =
                decide(forRedHat().ruleUntil("2025-11-09"), issued("2025-11-10T00:00:00Z"), "2026-06-01T00:00:00Z");
        assertThat(decision.approvedFrom()).isEmpty();
        assertThat(decision.reason().text()).contains("until 2025-11-09").contains("2025-11-10T00:00:00Z");
    }

    @Test
    void anUpdateOfTheAdvisoryStartsTheDelayAgain() {
        PatchBuilder patch = dated(
                Optional.of(Instant.parse("2025-11-01T00:00:00Z")), Optional.of(Instant.parse("2025-11-09T00:00:00Z")));
        assertThat(decide(forRedHat().ruleAfterDays(7), patch, "2025-11-12T00:00:00Z")
                        .approvedFrom())
                .contains(Instant.parse("2025-11-16T00:00:00Z"));
    }

    @Test
    void onYumTheLaterOfNoticeAndBuildTimeCounts() {
        PatchBuilder patch = issued("2025-11-01T00:00:00Z").published("2025-11-09T00:00:00Z");
        assertThat(decide(forRedHat().ruleAfterDays(7), patch, "2025-11-12T00:00:00Z")
                        .approvedFrom())
                .contains(Instant.parse("2025-11-16T00:00:00Z"));
    }

    @Test
    void onZypperTheReleaseDateOfThePatchCountsAlone() {
        PatchBuilder patch = issued("2025-11-01T00:00:00Z").published("2025-11-09T00:00:00Z");
        assertThat(decide(on(OperatingSystem.SUSE).ruleAfterDays(7), patch, "2025-11-12T00:00:00Z")
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void anAdvisoryWithoutADateIsOfNineteenSeventy() {
        PatchBuilder patch = dated(Optional.empty(), Optional.empty());
        assertThat(decide(forRedHat().ruleAfterDays(360), patch, "2025-11-12T00:00:00Z")
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void withoutANoticeTheBuildTimeCounts() {
        BaselineBuilder baseline = forRedHat().ruleWithNonSecurity();
        PatchBuilder fromTheFuture = rpm("bash", "5.1-2").published("2025-11-20T00:00:00Z");
        assertThat(decide(baseline, fromTheFuture, "2025-11-12T00:00:00Z").approvedFrom())
                .contains(Instant.parse("2025-11-20T00:00:00Z"));
    }

    @Test
    void withoutNoticeAndBuildTimeThereIsNoDelay() {
        assertThat(decide(forRedHat().ruleWithNonSecurity(), rpm("bash", "5.1-2"), "2025-11-12T00:00:00Z")
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aptKnowsNeitherDelayNorUntilDay() {
        PatchBuilder patch =
                deb("bash", "5.2-1").archive(true, "required", "shells").published("2025-11-11T00:00:00Z");
        assertThat(decide(on(OperatingSystem.DEBIAN).ruleAfterDays(100), patch, "2025-11-12T00:00:00Z")
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
        assertThat(decide(on(OperatingSystem.DEBIAN).ruleUntil("2020-01-01"), patch, "2025-11-12T00:00:00Z")
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }

    @Test
    void onAptTheDateOfAChangelogDelaysNothing() {
        PatchBuilder patch = deb("bash", "5.2-1")
                .archive(true, "required", "shells")
                .advisory("bash-5.2-1", "Security", "High", Instant.parse("2025-11-11T00:00:00Z"));
        assertThat(decide(on(OperatingSystem.DEBIAN).ruleAfterDays(100), patch, "2025-11-12T00:00:00Z"))
                .isEqualTo(decide(on(OperatingSystem.DEBIAN).ruleAfterDays(0), patch, "2025-11-12T00:00:00Z"))
                .returns(Verdict.APPROVED, PatchDecision::verdict);
    }

    @Test
    void oneOldEnoughAdvisoryOfSeveralIsEnough() {
        PatchBuilder patch = issued("2025-11-11T00:00:00Z")
                .advisory("RHSA-0", "Security", "Low", Instant.parse("2025-10-01T00:00:00Z"));
        assertThat(decide(forRedHat().ruleAfterDays(7), patch, "2025-11-12T00:00:00Z")
                        .verdict())
                .isEqualTo(Verdict.APPROVED);
    }
}
