package io.patchway.baseline;

import io.patchway.baseline.PackageJudge.Offers;
import io.patchway.baseline.PatchDecision.Reason;
import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.server.PatchFamily;
import java.util.List;
import java.util.Optional;

/** Finds the state of a package on a server (AWS Patch Manager: patch compliance state values). */
final class StateJudge {
    private static final Reason NOTHING_OFFERED =
            new Reason("ApprovalRules", "installed; no update is offered, and nothing in the baseline approves it");
    private static final Reason TRIED_BY_THIS_RUN =
            new Reason("run", "installed by this run, and nothing newer is approved");
    private static final Reason PATCHED =
            new Reason("run", "approved and installed by a run, and nothing newer is approved");
    private static final Reason WAITS_FOR_REBOOT =
            new Reason("run", "installed by a run, and the host has not booted since");
    private static final Reason NOTHING_APPROVED = new Reason("host", "the package is not installed");

    private final PatchJudge judge;
    private final EvaluationInput input;
    private final boolean blocks;
    private final boolean comesInNew;

    StateJudge(PatchBaseline baseline, PatchJudge judge, EvaluationInput input) {
        this.judge = judge;
        this.input = input;
        this.comesInNew = baseline.operatingSystem().family() == PatchFamily.WINDOWS;
        this.blocks = baseline.rejectedPatchesAction() == RejectedPatchesAction.BLOCK;
    }

    PackageState stateOf(Offers offers) {
        return offers.installed()
                .map(installed -> ofInstalled(offers, installed))
                .orElseGet(() -> comesInNew ? applicable(offers) : notInstalled(offers));
    }

    /** What Windows offers applies to it, although there never was an earlier version. */
    private PackageState applicable(Offers offers) {
        return offers.newestApproved()
                .map(target -> behind(offers, target))
                .or(() -> availableSecurityUpdate(offers))
                .orElseGet(() -> notInstalled(offers));
    }

    private static PackageState notInstalled(Offers offers) {
        ComplianceLevel level =
                offers.newestApproved().map(PatchDecision::level).orElse(ComplianceLevel.UNSPECIFIED);
        return new PackageState(
                offers.key(),
                PatchState.NOT_APPLICABLE,
                Optional.empty(),
                Optional.empty(),
                level,
                offers.newestApproved().map(StateJudge::approvedButAbsent).orElse(NOTHING_APPROVED));
    }

    private static Reason approvedButAbsent(PatchDecision decision) {
        return new Reason(decision.reason().decider(), "approved, but the package is not installed");
    }

    private PackageState ofInstalled(Offers offers, PackageVersion installed) {
        Optional<Reason> rejection = blocks ? judge.rejection(offers.key(), installed) : Optional.empty();
        if (rejection.isPresent()) {
            return state(
                    offers,
                    PatchState.INSTALLED_REJECTED,
                    ComplianceLevel.UNSPECIFIED,
                    rejection.get(),
                    remembered(offers));
        }
        Optional<PatchDecision> newest = offers.newestApproved();
        if (newest.isPresent() && offers.newer(newest.get().patch())) {
            return behind(offers, newest.get());
        }
        if (input.installedSinceBoot().contains(offers.key())) {
            Optional<PatchNotice> notice = newest.map(PatchNotice::of).or(() -> remembered(offers));
            return installed(offers, PatchState.INSTALLED_PENDING_REBOOT, WAITS_FOR_REBOOT, notice);
        }
        return withheld(offers)
                .or(() -> availableSecurityUpdate(offers))
                .orElseGet(() -> upToDate(offers, installed, newest));
    }

    private PackageState behind(Offers offers, PatchDecision target) {
        boolean failed = input.attempted().contains(offers.key())
                && !input.installedSinceBoot().contains(offers.key());
        return new PackageState(
                offers.key(),
                failed ? PatchState.FAILED : PatchState.MISSING,
                offers.installed(),
                Optional.of(target.patch()),
                target.level(),
                target.reason());
    }

    private static Optional<PackageState> withheld(Offers offers) {
        return offers.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.HELD || decision.verdict() == Verdict.EXCLUDED)
                .findFirst()
                .map(decision -> state(offers, PatchState.INSTALLED_OTHER, decision.level(), decision.reason()));
    }

    private Optional<PackageState> availableSecurityUpdate(Offers offers) {
        return offers.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.NOT_YET_APPROVED)
                .filter(decision -> judge.isSecurityUpdate(decision.patch()) && offers.newer(decision.patch()))
                .findFirst()
                .map(decision -> installed(
                        offers,
                        PatchState.AVAILABLE_SECURITY_UPDATE,
                        decision.reason(),
                        Optional.of(PatchNotice.of(decision))));
    }

    private PackageState upToDate(Offers offers, PackageVersion installed, Optional<PatchDecision> newest) {
        if (newest.isPresent()) {
            return installed(offers, PatchState.INSTALLED, newest.get().reason(), newest.map(PatchNotice::of));
        }
        if (input.attempted().contains(offers.key())) {
            return installed(offers, PatchState.INSTALLED, TRIED_BY_THIS_RUN, remembered(offers));
        }
        PatchDecision ofInstalled = judge.judge(asPatch(offers, installed));
        if (ofInstalled.verdict() == Verdict.APPROVED) {
            ComplianceLevel level = remembered(offers).map(PatchNotice::level).orElse(ofInstalled.level());
            return state(offers, PatchState.INSTALLED, level, ofInstalled.reason(), remembered(offers));
        }
        if (ofInstalled.verdict() != Verdict.REJECTED && input.patched().contains(offers.key())) {
            return installed(offers, PatchState.INSTALLED, PATCHED, remembered(offers));
        }
        Reason reason = ofInstalled.verdict() == Verdict.REJECTED
                ? ofInstalled.reason()
                : offers.decisions().isEmpty()
                        ? NOTHING_OFFERED
                        : offers.decisions().getLast().reason();
        return state(offers, PatchState.INSTALLED_OTHER, ComplianceLevel.UNSPECIFIED, reason);
    }

    /** What is installed, as far as it is known without the repository that it once came from. */
    private static Patch asPatch(Offers offers, PackageVersion installed) {
        return new Patch(
                offers.key(),
                installed,
                offers.installed(),
                "",
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** What is known of the installed version since a run installed it. */
    private Optional<PatchNotice> remembered(Offers offers) {
        return Optional.ofNullable(input.notices().get(offers.key()));
    }

    private static PackageState installed(
            Offers offers, PatchState state, Reason reason, Optional<PatchNotice> notice) {
        return state(offers, state, notice.map(PatchNotice::level).orElse(ComplianceLevel.UNSPECIFIED), reason, notice);
    }

    private static PackageState state(Offers offers, PatchState state, ComplianceLevel level, Reason reason) {
        return state(offers, state, level, reason, Optional.empty());
    }

    private static PackageState state(
            Offers offers, PatchState state, ComplianceLevel level, Reason reason, Optional<PatchNotice> notice) {
        return new PackageState(offers.key(), state, offers.installed(), Optional.empty(), level, reason, notice);
    }
}
