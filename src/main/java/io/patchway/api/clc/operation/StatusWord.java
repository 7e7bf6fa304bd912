package io.patchway.api.clc.operation;

/** The only words that clients of CenturyLink Cloud understand as the status of an operation. */
public enum StatusWord {
    NOT_STARTED("notStarted"),
    EXECUTING("executing"),
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    RESUMED("resumed"),
    UNKNOWN("unknown");

    private final String word;

    StatusWord(String word) {
        this.word = word;
    }

    /** As it is written. */
    public String word() {
        return word;
    }
}
