package io.patchway.rollout;

/** Where a rollout stands. */
public enum RolloutPhase {
    /** Servers of the current stage are started as the limits allow. */
    RUNNING,
    /** A stage has ended; the next one waits for the soak time to pass. */
    SOAKING,
    /** The health gate is asked whether the next stage may begin. */
    CHECKING,
    /** No further server is started until somebody resumes: paused, a budget was spent, or the gate refused. */
    HELD,
    /** What was not started is not started any more: somebody cancelled, or the error budget was spent. */
    CANCELLED,
    /** What was not started is not started any more: it was held back, or had to wait, for too long. */
    EXPIRED,
    /** Every server has had its turn. */
    DONE;

    /** Whether no server will be held back or let go any more. */
    public boolean over() {
        return this == CANCELLED || this == EXPIRED || this == DONE;
    }
}
