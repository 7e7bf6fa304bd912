package io.patchway.baseline;

import io.patchway.patch.Patch;

/**
 * What its notice and a baseline say of a patch; worth remembering once it is installed, when nothing offers it any
 * more.
 *
 * @param classification what it is for; empty when that is not known
 * @param severity how grave its publisher says it is; empty without a notice
 * @param security whether it is a security update
 * @param level the compliance level of its approval; UNSPECIFIED when nothing approves it
 */
public record PatchNotice(String classification, String severity, boolean security, ComplianceLevel level) {

    public static PatchNotice of(PatchDecision decision) {
        return of(decision.patch(), decision.level());
    }

    static PatchNotice of(Patch patch, ComplianceLevel level) {
        return new PatchNotice(patch.classification(), patch.severity(), patch.securityUpdate(), level);
    }
}
