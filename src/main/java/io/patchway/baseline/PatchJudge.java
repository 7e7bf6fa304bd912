package io.patchway.baseline;

import io.patchway.baseline.PatchDecision.Reason;
import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.server.PatchFamily;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a baseline says of one patch, without regard to other versions of the package: rejections first, then rules
 * behind the global filters, and approvals by name, which need neither. Belongs to one thread.
 */
final class PatchJudge {
    private final PatchBaseline baseline;
    private final String product;
    private final FamilyProperties properties;
    private final List<FilterCheck> globalFilters;
    private final RuleChecks rules;
    private final PatchList approved;
    private final PatchList rejected;

    PatchJudge(PatchBaseline baseline, String product, Instant now) {
        PatchFamily family = baseline.operatingSystem().family();
        this.baseline = baseline;
        this.product = product;
        this.properties = FamilyProperties.of(family);
        this.globalFilters = IntStream.range(0, baseline.globalFilters().size())
                .mapToObj(this::globalFilter)
                .toList();
        this.rules = new RuleChecks(baseline.approvalRules(), properties, now);
        this.approved = new PatchList("ApprovedPatches", baseline.approvedPatches(), NameFormat.ofApproved(family));
        this.rejected = new PatchList("RejectedPatches", baseline.rejectedPatches(), NameFormat.ofRejected(family));
    }

    /** The verdict is APPROVED, NOT_YET_APPROVED, NOT_APPROVED or REJECTED. */
    PatchDecision judge(Patch patch) {
        Optional<PatchList.Entry> rejection = rejected.match(patch);
        if (rejection.isPresent()) {
            return decision(patch, Verdict.REJECTED, ComplianceLevel.UNSPECIFIED, rejectedBy(rejection.get()));
        }
        List<PatchView> views = PatchView.of(product, patch);
        List<PatchView> seen = behindGlobalFilters(views);
        Optional<PatchList.Entry> listed = approved.match(patch);
        boolean approvedByName = listed.isPresent() && mayBeApprovedByName(views);
        Optional<RuleCheck> rule = rules.gravestApproving(seen);
        if (approvedByName && rule.filter(this::graverThanByName).isEmpty()) {
            return decision(patch, Verdict.APPROVED, levelByName(), approvedBy(listed.get()));
        }
        if (rule.isPresent()) {
            return decision(
                    patch, Verdict.APPROVED, rule.get().level(), rule.get().approval());
        }
        return notApproved(patch, views, seen, listed);
    }

    /** Why the rejected list names this version of a package; empty when it does not. */
    Optional<Reason> rejection(PackageKey key, PackageVersion version) {
        return rejected.match(key, version).map(this::rejectedBy);
    }

    boolean isSecurityUpdate(Patch patch) {
        return properties.isSecurityUpdate(patch);
    }

    private PatchDecision notApproved(
            Patch patch, List<PatchView> views, List<PatchView> seen, Optional<PatchList.Entry> listed) {
        Optional<RuleChecks.Waiting> waiting = rules.firstWaiting(seen);
        if (waiting.isPresent()) {
            return new PatchDecision(
                    patch,
                    Verdict.NOT_YET_APPROVED,
                    ComplianceLevel.UNSPECIFIED,
                    Optional.of(waiting.get().from()),
                    waiting.get().reason());
        }
        Reason reason = listed.map(PatchJudge::listedWithoutSecurity)
                .or(() -> seen.isEmpty() ? Optional.of(globalRefusal(views.getFirst())) : Optional.empty())
                .orElseGet(() -> rules.closestRefusal(seen));
        return decision(patch, Verdict.NOT_APPROVED, ComplianceLevel.UNSPECIFIED, reason);
    }

    private static PatchDecision decision(Patch patch, Verdict verdict, ComplianceLevel level, Reason reason) {
        return new PatchDecision(patch, verdict, level, Optional.empty(), reason);
    }

    private FilterCheck globalFilter(int index) {
        String place = "GlobalFilters[" + index + "]";
        return new FilterCheck(
                baseline.globalFilters().get(index), properties, place, place + " keeps it from every rule: ");
    }

    private List<PatchView> behindGlobalFilters(List<PatchView> views) {
        if (views.size() == 1) {
            return passesGlobalFilters(views.getFirst()) ? views : List.of();
        }
        return views.stream().filter(this::passesGlobalFilters).toList();
    }

    private boolean passesGlobalFilters(PatchView view) {
        for (FilterCheck filter : globalFilters) {
            if (!filter.matches(view)) {
                return false;
            }
        }
        return true;
    }

    private Reason globalRefusal(PatchView view) {
        return globalFilters.stream()
                .filter(filter -> !filter.matches(view))
                .findFirst()
                .orElseThrow()
                .refusal(view);
    }

    private boolean mayBeApprovedByName(List<PatchView> views) {
        return baseline.approvedPatchesEnableNonSecurity() || views.stream().anyMatch(properties::passesAsSecurity);
    }

    private ComplianceLevel levelByName() {
        return baseline.approvedPatchesComplianceLevel();
    }

    private boolean graverThanByName(RuleCheck rule) {
        return rule.level().compareTo(levelByName()) < 0;
    }

    private Reason approvedBy(PatchList.Entry entry) {
        return new Reason(
                entry.place(),
                entry.place() + " '" + entry.text() + "' approves it by name, compliance level " + levelByName());
    }

    private static Reason listedWithoutSecurity(PatchList.Entry entry) {
        return new Reason(
                entry.place(),
                entry.place() + " '" + entry.text()
                        + "' names it, but it is not a security patch, and ApprovedPatchesEnableNonSecurity is off");
    }

    private Reason rejectedBy(PatchList.Entry entry) {
        String action = switch (baseline.rejectedPatchesAction()) {
            case ALLOW_AS_DEPENDENCY -> "it may only come in as a dependency";
            case BLOCK -> "it is blocked";
        };
        return new Reason(entry.place(), entry.place() + " '" + entry.text() + "' rejects it: " + action);
    }
}
