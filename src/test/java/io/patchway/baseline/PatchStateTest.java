package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.filter;
import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatchStateTest {
    private static final BaselineBuilder EVERYTHING = forRedHat().rule();
    private static final BaselineBuilder SECURITY =
            forRedHat().rule(ComplianceLevel.HIGH, filter(FilterKey.CLASSIFICATION, "Security"));
    private static final PatchNotice IMPORTANT = new PatchNotice("Security", "Important", true, ComplianceLevel.HIGH);

    private static Host behind() {
        return new Host().has("curl", "7.76-1").offers(rpm("curl", "7.76-2").security("Low"));
    }

    private static Host upToDate() {
        return new Host().has("curl", "7.76-2").offers(rpm("curl", "7.76-2").security("Low"));
    }

    @Test
    void anOlderVersionThanTheApprovedOneIsMissing() {
        PackageState state = behind().state(EVERYTHING);
        assertThat(state.state()).isEqualTo(PatchState.MISSING);
        assertThat(state.installed().orElseThrow()).hasToString("7.76-1");
        assertThat(state.target().orElseThrow().version()).hasToString("7.76-2");
        assertThat(state.reason().decider()).isEqualTo("ApprovalRules[0]");
    }

    @Test
    void aMissingPatchHasTheComplianceLevelOfItsApproval() {
        assertThat(behind().state(forRedHat().rule(ComplianceLevel.HIGH)).level())
                .isEqualTo(ComplianceLevel.HIGH);
    }

    @Test
    void whatAnInstallTriedInVainHasFailed() {
        assertThat(behind().triedToInstall("curl").state(EVERYTHING).state()).isEqualTo(PatchState.FAILED);
    }

    @Test
    void aFurtherVersionAfterASuccessfulInstallIsMissingAndNotFailed() {
        assertThat(behind().installedWithoutReboot("curl").state(EVERYTHING).state())
                .isEqualTo(PatchState.MISSING);
    }

    @Test
    void theApprovedVersionIsInstalled() {
        PackageState state = upToDate().state(EVERYTHING);
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED);
        assertThat(state.target()).isEmpty();
    }

    @Test
    void aNewerVersionThanTheApprovedOneIsInstalledToo() {
        Host host = new Host().has("curl", "8-1").offers(rpm("curl", "7.76-2").security("Low"));
        assertThat(host.state(EVERYTHING).state()).isEqualTo(PatchState.INSTALLED);
    }

    @Test
    void whatThisRunInstalledIsInstalledEvenWhenNothingIsOfferedAnyMore() {
        Host host = new Host().has("curl", "7.76-2").triedToInstall("curl");
        assertThat(host.state(EVERYTHING).state()).isEqualTo(PatchState.INSTALLED);
    }

    @Test
    void aPackageThatTheBaselineApprovesAsItIsIsInstalled() {
        Host host = new Host().has("curl", "7.76-2");
        assertThat(host.state(forRedHat().ruleWithNonSecurity()).state()).isEqualTo(PatchState.INSTALLED);
    }

    @Test
    void aPackageThatNothingApprovesIsInstalledOther() {
        assertThat(new Host().has("curl", "7.76-1").state(EVERYTHING).state()).isEqualTo(PatchState.INSTALLED_OTHER);
        BaselineBuilder criticalOnly = forRedHat().rule(filter(FilterKey.SEVERITY, "Critical"));
        PackageState state = behind().state(criticalOnly);
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_OTHER);
        assertThat(state.reason().text()).contains("SEVERITY is Low");
    }

    @Test
    void aRejectedPackageThatMayBeADependencyIsInstalledOther() {
        PackageState state = behind().state(forRedHat().rule().rejected("curl"));
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_OTHER);
        assertThat(state.reason().decider()).isEqualTo("RejectedPatches[0]");
    }

    @Test
    void anInstalledBlockedPackageIsInstalledRejectedAndNotCompliant() {
        PackageState state = behind().state(forRedHat().rule().blocked("vim", "cur*"));
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_REJECTED);
        assertThat(state.state().compliant()).isFalse();
        assertThat(state.reason().decider()).isEqualTo("RejectedPatches[1]");
    }

    @Test
    void aBlockedNewerVersionDoesNotRejectTheInstalledOne() {
        assertThat(behind().state(forRedHat().rule().blocked("curl-7.76-2")).state())
                .isEqualTo(PatchState.INSTALLED_OTHER);
    }

    @Test
    void whatThisRunInstalledWaitsForTheReboot() {
        PackageState state =
                upToDate().installedWithoutReboot("curl").state(forRedHat().rule(ComplianceLevel.HIGH));
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_PENDING_REBOOT);
        assertThat(state.level()).isEqualTo(ComplianceLevel.HIGH);
        assertThat(state.state().compliant()).isFalse();
    }

    @Test
    void anApprovedPackageThatIsNotInstalledIsNotApplicableAndNotMissing() {
        Host host = new Host().offers(rpm("curl", "7.76-2").security("Low"));
        assertThat(host.state(EVERYTHING).state()).isEqualTo(PatchState.NOT_APPLICABLE);
        assertThat(host.missing(EVERYTHING)).isEmpty();
    }

    @Test
    void aSecurityUpdateInItsDelayIsAvailableAndSaysUntilWhen() {
        Instant yesterday = Host.NOW.minusSeconds(86_400);
        Host host = new Host()
                .has("curl", "7.76-1")
                .offers(rpm("curl", "7.76-2").advisory("RHSA-1", "Security", "Low", yesterday));
        PackageState state = host.state(forRedHat().ruleAfterDays(7));
        assertThat(state.state()).isEqualTo(PatchState.AVAILABLE_SECURITY_UPDATE);
        assertThat(state.reason().text()).contains("7 days").contains(yesterday.toString());
    }

    @Test
    void aBugFixInItsDelayIsNoAvailableSecurityUpdate() {
        Host host = new Host()
                .has("curl", "7.76-1")
                .offers(rpm("curl", "7.76-2").advisory("RHBA-1", "Bugfix", "None", Host.NOW));
        assertThat(host.state(forRedHat().ruleAfterDays(7)).state()).isEqualTo(PatchState.INSTALLED_OTHER);
    }

    @Test
    void anApprovedMissingPatchCountsBeforeAWaitingOne() {
        Host host = behind().offers(rpm("curl", "7.76-3").advisory("RHSA-1", "Security", "Low", Host.NOW));
        assertThat(host.state(forRedHat().ruleAfterDays(7)).state()).isEqualTo(PatchState.MISSING);
    }

    @Test
    void whatWaitsForARebootKeepsItsNoticeAndLevelAlthoughNothingOffersItAnyMore() {
        PackageState state = new Host()
                .has("curl", "7.76-2")
                .installedWithoutReboot("curl")
                .remembers("curl", IMPORTANT)
                .state(EVERYTHING);
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_PENDING_REBOOT);
        assertThat(state.level()).isEqualTo(ComplianceLevel.HIGH);
        assertThat(state.patchNotice()).contains(IMPORTANT);
    }

    @Test
    void whatARunInstalledKeepsItsNoticeAndLevel() {
        PackageState state = new Host()
                .has("curl", "7.76-2")
                .patched("curl")
                .remembers("curl", IMPORTANT)
                .state(SECURITY);
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED);
        assertThat(state.level()).isEqualTo(ComplianceLevel.HIGH);
        assertThat(state.patchNotice()).contains(IMPORTANT);
    }

    @Test
    void whatARunInstalledBeforeNoticesWereKeptIsInstalledAllTheSame() {
        PackageState state = new Host().has("curl", "7.76-2").patched("curl").state(SECURITY);
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED);
        assertThat(state.level()).isEqualTo(ComplianceLevel.UNSPECIFIED);
        assertThat(state.patchNotice()).isEmpty();
    }

    @Test
    void whatIsStillOfferedHasTheNoticeOfTheOffer() {
        assertThat(upToDate().state(forRedHat().rule(ComplianceLevel.MEDIUM)).patchNotice())
                .contains(new PatchNotice("Security", "Low", true, ComplianceLevel.MEDIUM));
    }

    @Test
    void whatNothingApprovesHasNoNotice() {
        PackageState state =
                new Host().has("curl", "7.76-2").remembers("curl", IMPORTANT).state(SECURITY);
        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_OTHER);
        assertThat(state.patchNotice()).isEmpty();
    }
}
