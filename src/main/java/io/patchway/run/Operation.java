package io.patchway.run;

/** What a patch request wants done on each server. */
public enum Operation {
    /** Look, change nothing. */
    SCAN,
    /** Install what is approved, round after round, until nothing approved is missing. */
    INSTALL
}
