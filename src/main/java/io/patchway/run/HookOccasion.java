package io.patchway.run;

/** When a hook runs on a server. */
public enum HookOccasion {
    /** Before the first install of a run. Unless it ends with 0, nothing is installed and the run has failed. */
    PRE_INSTALL("PreInstall"),
    /** After each install that installed something, before any reboot. */
    POST_INSTALL("PostInstall"),
    /** Once at the end, however the run went. */
    ON_EXIT("OnExit");

    private final String label;

    HookOccasion(String label) {
        this.label = label;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }
}
