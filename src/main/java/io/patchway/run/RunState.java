package io.patchway.run;

/** Where a server run stands. */
public enum RunState {
    QUEUED(false),
    WAITING_WINDOW(false),
    PRECHECK(false),
    SCANNING(false),
    INSTALLING(false),
    REBOOTING(false),
    WAITING_FOR_RETURN(false),
    VERIFYING(false),
    /** Something is done to the machine itself: it is started, shut down, or a snapshot of it is taken. */
    OPERATING(false),

    /** Verified: nothing approved is missing and no reboot is due. For a scan: the scan was stored. */
    SUCCEEDED(true),
    /** Everything approved is installed, but a reboot that was not allowed is still due. */
    SUCCEEDED_REBOOT_PENDING(true),
    /** Some of what was approved could not be installed; the rest is verified. */
    PARTIAL(true),
    FAILED(true),
    /** Nobody knows what happened on the server. */
    UNKNOWN(true),
    /** Not started, or not finished, because its window closed or the server was busy. */
    DEFERRED(true),
    CANCELLED(true),
    /** The same patches are missing as before, although nothing was left to try. */
    NO_PROGRESS(true);

    private final boolean ended;

    RunState(boolean ended) {
        this.ended = ended;
    }

    /** Whether the run is over. */
    public boolean ended() {
        return ended;
    }
}
