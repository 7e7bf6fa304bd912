package io.patchway.run.machine;

/** Whether a machine runs. */
public enum PowerState {
    STARTED,
    STOPPED,
    PAUSED
}
