package io.patchway.window;

/** What becomes of an opening that no node was there to see. */
public enum MissedPolicy {
    /** It opens late, when its cutoff has not passed yet. */
    RUN_LATE("run-late"),
    SKIP("skip");

    private final String word;

    MissedPolicy(String word) {
        this.word = word;
    }

    /** The word in a window's file. */
    public String word() {
        return word;
    }
}
