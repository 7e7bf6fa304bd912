package io.patchway.baseline;

import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.Optional;

/**
 * What a baseline says of one patch, and why.
 *
 * @param level the highest level of the rules that approve it; UNSPECIFIED when nothing does
 * @param approvedFrom when an approval delay ends, for a patch that a rule will approve later
 * @param reason the rule, filter or list entry that decided, in a sentence for people
 */
public record PatchDecision(
        Patch patch, Verdict verdict, ComplianceLevel level, Optional<Instant> approvedFrom, Reason reason) {

    /** What a baseline can say of a patch. */
    public enum Verdict {
        /** Approved, and the newest approved version of its package. */
        APPROVED,
        /** Approved, but a newer version of the package is approved as well. */
        SUPERSEDED,
        /** A rule approves it at {@link PatchDecision#approvedFrom}. */
        NOT_YET_APPROVED,
        NOT_APPROVED,
        REJECTED,
        /** The host itself holds the package back. */
        HELD,
        /** The script package of the request excludes it. */
        EXCLUDED
    }

    /**
     * What decided.
     *
     * @param decider the place in the baseline, such as {@code ApprovalRules[1]}, {@code GlobalFilters[0]},
     *     {@code RejectedPatches[2]}, {@code hold}, {@code package}
     * @param text the whole reason as a sentence
     */
    public record Reason(String decider, String text) {}
}
