package io.patchway.run.window;

/** Where a window execution, or a task in it, stands. */
public enum WindowStatus {
    PENDING,
    IN_PROGRESS,
    SUCCESS,
    FAILED,
    TIMED_OUT,
    CANCELLING,
    CANCELLED,
    SKIPPED_OVERLAPPING;

    /** Whether nothing will change any more. */
    public boolean ended() {
        return this != PENDING && this != IN_PROGRESS && this != CANCELLING;
    }
}
