package io.patchway.server;

/** Operating systems whose patches carry the same properties and are named in the same way. */
public enum PatchFamily {
    /** yum and dnf. */
    YUM,
    APT,
    ZYPPER,
    WINDOWS,
    MACOS
}
