package io.patchway.baseline;

/** What an available security update that is not approved means for the compliance of a Windows server. */
public enum SecurityUpdatesStatus {
    COMPLIANT,
    NON_COMPLIANT
}
