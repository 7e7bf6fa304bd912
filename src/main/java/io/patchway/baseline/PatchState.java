package io.patchway.baseline;

/** The state of one package of a server under a baseline; names of AWS Patch Manager. */
public enum PatchState {
    INSTALLED(true),
    INSTALLED_OTHER(true),
    INSTALLED_REJECTED(false),
    INSTALLED_PENDING_REBOOT(false),
    MISSING(false),
    FAILED(false),
    NOT_APPLICABLE(true),
    /** A security update exists, but the baseline does not approve it yet. */
    AVAILABLE_SECURITY_UPDATE(true);

    private final boolean compliant;

    PatchState(boolean compliant) {
        this.compliant = compliant;
    }

    public boolean compliant() {
        return compliant;
    }
}
