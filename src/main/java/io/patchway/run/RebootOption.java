package io.patchway.run;

/** When a server run may reboot the server. */
public enum RebootOption {
    /** When a detector on the server says so. */
    IF_NEEDED,
    NEVER,
    /** After every round that installed something, and when a detector says so. */
    ALWAYS
}
