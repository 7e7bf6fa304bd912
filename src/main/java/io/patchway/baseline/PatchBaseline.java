package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;

/**
 * The rules that say which patches a server may get: the model of AWS Patch Manager.
 *
 * @param name 3 to 128 letters, digits, '_', '-' or '.'
 * @param globalFilters what fails these is not seen by any rule
 * @param approvedPatches names that are approved without delay
 * @param rejectedPatches names that are never approved
 * @param availableSecurityUpdates Windows only; empty when nothing was said
 * @param isDefault whether its file says that it is the default of its operating system
 */
public record PatchBaseline(
        String name,
        String description,
        OperatingSystem operatingSystem,
        List<PatchFilter> globalFilters,
        List<ApprovalRule> approvalRules,
        List<String> approvedPatches,
        ComplianceLevel approvedPatchesComplianceLevel,
        boolean approvedPatchesEnableNonSecurity,
        List<String> rejectedPatches,
        RejectedPatchesAction rejectedPatchesAction,
        List<PatchSource> sources,
        Optional<SecurityUpdatesStatus> availableSecurityUpdates,
        boolean isDefault) {

    public PatchBaseline {
        globalFilters = List.copyOf(globalFilters);
        approvalRules = List.copyOf(approvalRules);
        approvedPatches = List.copyOf(approvedPatches);
        rejectedPatches = List.copyOf(rejectedPatches);
        sources = List.copyOf(sources);
    }

    /** The same baseline with those of its sources alone that serve hosts of this product. */
    public PatchBaseline forProduct(String product) {
        return with(sources.stream().filter(source -> source.serves(product)).toList());
    }

    /** The same baseline as it may be told to anybody: the configuration of a source may hold a password. */
    public PatchBaseline withoutSourceConfigurations() {
        return with(sources.stream()
                .map(source -> new PatchSource(source.name(), source.products(), "not told"))
                .toList());
    }

    private PatchBaseline with(List<PatchSource> otherSources) {
        return new PatchBaseline(
                name,
                description,
                operatingSystem,
                globalFilters,
                approvalRules,
                approvedPatches,
                approvedPatchesComplianceLevel,
                approvedPatchesEnableNonSecurity,
                rejectedPatches,
                rejectedPatchesAction,
                otherSources,
                availableSecurityUpdates,
                isDefault);
    }

    /** Approves everything at once: what a script package such as {@code Yum Update} works with. */
    public static PatchBaseline everything(OperatingSystem operatingSystem) {
        ApprovalRule all =
                new ApprovalRule(List.of(), ComplianceLevel.UNSPECIFIED, new ApprovalDate.AfterDays(0), true);
        return new PatchBaseline(
                "everything",
                "Approves every patch",
                operatingSystem,
                List.of(),
                List.of(all),
                List.of(),
                ComplianceLevel.UNSPECIFIED,
                false,
                List.of(),
                RejectedPatchesAction.ALLOW_AS_DEPENDENCY,
                List.of(),
                Optional.empty(),
                false);
    }
}
