package io.patchway.run;

/** What a request wants done on each server. */
public enum Operation {
    /** Look, change nothing. */
    SCAN("scan"),
    /** Install what is approved, round after round, until nothing approved is missing. */
    INSTALL("install"),
    /** Have the operating system reboot, once, and prove it by the boot id. */
    REBOOT("reboot"),
    /** Have the operating system shut down. */
    SHUT_DOWN("shutDown"),
    /** Start the machine from outside. */
    POWER_ON("powerOn"),
    /** Take the power away, from outside. */
    POWER_OFF("powerOff"),
    /** Begin a new boot from outside, whatever the operating system does. */
    RESET("reset"),
    /** Halt the machine from outside, so that it can go on where it was. */
    PAUSE("pause"),
    CREATE_SNAPSHOT("createSnapshot"),
    RESTORE_SNAPSHOT("restoreSnapshot"),
    DELETE_SNAPSHOT("deleteSnapshot");

    private final String word;

    Operation(String word) {
        this.word = word;
    }

    /** Its name in files and in Patchway's own API. */
    public String word() {
        return word;
    }

    /** Whether it is about patches, and not about the machine and its power. */
    public boolean isPatching() {
        return this == SCAN || this == INSTALL;
    }

    /** Whether no login on the server can do it, so that a command on Patchway's own machine must. */
    public boolean isFromOutside() {
        return !isPatching() && this != REBOOT && this != SHUT_DOWN;
    }

    public boolean isAboutSnapshots() {
        return this == CREATE_SNAPSHOT || this == RESTORE_SNAPSHOT || this == DELETE_SNAPSHOT;
    }
}
