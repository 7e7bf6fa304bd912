package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Makes baselines for tests; without a call they approve nothing. */
final class BaselineBuilder {
    private final OperatingSystem operatingSystem;
    private final List<PatchFilter> globalFilters = new ArrayList<>();
    private final List<ApprovalRule> rules = new ArrayList<>();
    private List<String> approved = List.of();
    private ComplianceLevel approvedLevel = ComplianceLevel.UNSPECIFIED;
    private boolean approvedNonSecurity;
    private List<String> rejected = List.of();
    private RejectedPatchesAction action = RejectedPatchesAction.ALLOW_AS_DEPENDENCY;

    private BaselineBuilder(OperatingSystem operatingSystem) {
        this.operatingSystem = operatingSystem;
    }

    static BaselineBuilder forRedHat() {
        return new BaselineBuilder(OperatingSystem.REDHAT_ENTERPRISE_LINUX);
    }

    static BaselineBuilder on(OperatingSystem operatingSystem) {
        return new BaselineBuilder(operatingSystem);
    }

    static PatchFilter filter(FilterKey key, String... values) {
        return new PatchFilter(key, List.of(values));
    }

    /** A rule without delay. */
    BaselineBuilder rule(PatchFilter... filters) {
        return rule(ComplianceLevel.UNSPECIFIED, filters);
    }

    BaselineBuilder rule(ComplianceLevel level, PatchFilter... filters) {
        rules.add(new ApprovalRule(List.of(filters), level, new ApprovalDate.AfterDays(0), false));
        return this;
    }

    BaselineBuilder ruleWithNonSecurity(PatchFilter... filters) {
        rules.add(new ApprovalRule(List.of(filters), ComplianceLevel.UNSPECIFIED, new ApprovalDate.AfterDays(0), true));
        return this;
    }

    BaselineBuilder ruleAfterDays(int days, PatchFilter... filters) {
        rules.add(new ApprovalRule(
                List.of(filters), ComplianceLevel.UNSPECIFIED, new ApprovalDate.AfterDays(days), false));
        return this;
    }

    BaselineBuilder ruleUntil(String day, PatchFilter... filters) {
        rules.add(new ApprovalRule(
                List.of(filters), ComplianceLevel.UNSPECIFIED, new ApprovalDate.UntilDay(LocalDate.parse(day)), false));
        return this;
    }

    BaselineBuilder globalFilter(FilterKey key, String... values) {
        globalFilters.add(filter(key, values));
        return this;
    }

    BaselineBuilder approved(String... entries) {
        approved = List.of(entries);
        return this;
    }

    BaselineBuilder approvedLevel(ComplianceLevel level) {
        approvedLevel = level;
        return this;
    }

    BaselineBuilder approvedNonSecurity() {
        approvedNonSecurity = true;
        return this;
    }

    BaselineBuilder rejected(String... entries) {
        rejected = List.of(entries);
        return this;
    }

    BaselineBuilder blocked(String... entries) {
        action = RejectedPatchesAction.BLOCK;
        return rejected(entries);
    }

    PatchBaseline build() {
        return new PatchBaseline(
                "test-baseline",
                "",
                operatingSystem,
                globalFilters,
                rules,
                approved,
                approvedLevel,
                approvedNonSecurity,
                rejected,
                action,
                List.of(),
                false);
    }
}
