package io.patchway.baseline;

import java.util.List;

/**
 * A rule that approves every patch which matches all its filters and is old enough.
 *
 * @param filters 0 to 4 conditions, all of which must hold
 * @param enableNonSecurity whether patches that are not security patches are approved too
 */
public record ApprovalRule(
        List<PatchFilter> filters, ComplianceLevel complianceLevel, ApprovalDate date, boolean enableNonSecurity) {
    public ApprovalRule {
        filters = List.copyOf(filters);
    }
}
