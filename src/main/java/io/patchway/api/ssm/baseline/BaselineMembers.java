package io.patchway.api.ssm.baseline;

import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.baseline.BaselineParts.FilterGroup;
import io.patchway.api.ssm.baseline.BaselineParts.RuleGroup;
import io.patchway.api.ssm.baseline.BaselineParts.Source;
import io.patchway.baseline.BaselineRules;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The members that the calls about a baseline have in common; an absent one says nothing. */
public interface BaselineMembers {
    Optional<String> name();

    Optional<FilterGroup> globalFilters();

    Optional<RuleGroup> approvalRules();

    Optional<List<String>> approvedPatches();

    Optional<ComplianceLevel> approvedPatchesComplianceLevel();

    Optional<Boolean> approvedPatchesEnableNonSecurity();

    Optional<List<String>> rejectedPatches();

    Optional<RejectedPatchesAction> rejectedPatchesAction();

    Optional<String> description();

    Optional<List<Source>> sources();

    Optional<SecurityUpdatesStatus> availableSecurityUpdates();

    /** A baseline about which nothing has been said but its name and its system. */
    static PatchBaseline initial(String name, OperatingSystem system) {
        return new PatchBaseline(
                name,
                "",
                system,
                List.of(),
                List.of(),
                List.of(),
                ComplianceLevel.UNSPECIFIED,
                false,
                List.of(),
                RejectedPatchesAction.ALLOW_AS_DEPENDENCY,
                List.of(),
                Optional.empty(),
                false);
    }

    /**
     * A baseline with the members that are there in place of its own; each is replaced as a whole.
     *
     * @throws SsmException {@code ValidationException} when what comes out does not fit its operating system
     */
    default PatchBaseline over(PatchBaseline before) {
        PatchBaseline after = new PatchBaseline(
                name().orElse(before.name()),
                description().orElse(before.description()),
                before.operatingSystem(),
                globalFilters().map(FilterGroup::meaning).orElse(before.globalFilters()),
                approvalRules()
                        .map(rules -> rules.meaning(before.operatingSystem().family()))
                        .orElse(before.approvalRules()),
                approvedPatches().orElse(before.approvedPatches()),
                approvedPatchesComplianceLevel().orElse(before.approvedPatchesComplianceLevel()),
                approvedPatchesEnableNonSecurity().orElse(before.approvedPatchesEnableNonSecurity()),
                rejectedPatches().orElse(before.rejectedPatches()),
                rejectedPatchesAction().orElse(before.rejectedPatchesAction()),
                sources()
                        .map(given -> given.stream().map(Source::meaning).toList())
                        .orElse(before.sources()),
                availableSecurityUpdates().or(before::availableSecurityUpdates),
                before.isDefault());
        List<BaselineRules.Mistake> mistakes = BaselineRules.mistakes(after);
        if (!mistakes.isEmpty()) {
            throw SsmException.invalid(mistakes.stream()
                    .map(mistake -> mistake.member() + " " + mistake.message())
                    .collect(Collectors.joining("; ")));
        }
        return after;
    }
}
