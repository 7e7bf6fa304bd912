package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes baselines for tests; without a call they approve nothing. */
public final class BaselineBuilder {
    private final OperatingSystem operatingSystem;
    private final List<PatchFilter> globalFilters = new ArrayList<>();
    private final List<ApprovalRule> rules = new ArrayList<>();
    private final List<PatchSource> sources = new ArrayList<>();
    private String name = "test-baseline";
    private boolean isDefault;
    private List<String> approved = List.of();
    private ComplianceLevel approvedLevel = ComplianceLevel.UNSPECIFIED;
    private boolean approvedNonSecurity;
    private List<String> rejected = List.of();
    private RejectedPatchesAction action = RejectedPatchesAction.ALLOW_AS_DEPENDENCY;

    private BaselineBuilder(OperatingSystem operatingSystem) {
        this.operatingSystem = operatingSystem;
    }

    public static BaselineBuilder forRedHat() {
        return new BaselineBuilder(OperatingSystem.REDHAT_ENTERPRISE_LINUX);
    }

    public static BaselineBuilder on(OperatingSystem operatingSystem) {
        return new BaselineBuilder(operatingSystem);
    }

    public static PatchFilter filter(FilterKey key, String... values) {
        return new PatchFilter(key, List.of(values));
    }

    /** A rule without delay. */
    public BaselineBuilder rule(PatchFilter... filters) {
        return rule(ComplianceLevel.UNSPECIFIED, filters);
    }

    public BaselineBuilder rule(ComplianceLevel level, PatchFilter... filters) {
        rules.add(new ApprovalRule(List.of(filters), level, new ApprovalDate.AfterDays(0), false));
        return this;
    }

    public BaselineBuilder ruleWithNonSecurity(PatchFilter... filters) {
        rules.add(new ApprovalRule(List.of(filters), ComplianceLevel.UNSPECIFIED, new ApprovalDate.AfterDays(0), true));
        return this;
    }

    public BaselineBuilder ruleAfterDays(int days, PatchFilter... filters) {
        rules.add(new ApprovalRule(
                List.of(filters), ComplianceLevel.UNSPECIFIED, new ApprovalDate.AfterDays(days), false));
        return this;
    }

    public BaselineBuilder ruleUntil(String day, PatchFilter... filters) {
        rules.add(new ApprovalRule(
                List.of(filters), ComplianceLevel.UNSPECIFIED, new ApprovalDate.UntilDay(LocalDate.parse(day)), false));
        return this;
    }

    public BaselineBuilder globalFilter(FilterKey key, String... values) {
        globalFilters.add(filter(key, values));
        return this;
    }

    public BaselineBuilder approved(String... entries) {
        approved = List.of(entries);
        return this;
    }

    public BaselineBuilder approvedLevel(ComplianceLevel level) {
        approvedLevel = level;
        return this;
    }

    public BaselineBuilder approvedNonSecurity() {
        approvedNonSecurity = true;
        return this;
    }

    public BaselineBuilder rejected(String... entries) {
        rejected = List.of(entries);
        return this;
    }

    public BaselineBuilder blocked(String... entries) {
        action = RejectedPatchesAction.BLOCK;
        return rejected(entries);
    }

    public BaselineBuilder named(String other) {
        name = other;
        return this;
    }

    /** As a file says it. */
    public BaselineBuilder isDefault(boolean is) {
        isDefault = is;
        return this;
    }

    public BaselineBuilder source(String source, String configuration, String... products) {
        sources.add(new PatchSource(source, List.of(products), configuration));
        return this;
    }

    public PatchBaseline build() {
        return new PatchBaseline(
                name,
                "",
                operatingSystem,
                globalFilters,
                rules,
                approved,
                approvedLevel,
                approvedNonSecurity,
                rejected,
                action,
                sources,
                Optional.empty(),
                isDefault);
    }
}
