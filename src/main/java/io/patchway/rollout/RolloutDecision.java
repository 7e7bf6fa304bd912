package io.patchway.rollout;

import java.time.Instant;
import java.util.Optional;

/** What a rollout does next. */
public sealed interface RolloutDecision {

    /**
     * Nothing.
     *
     * @param until when to look again; empty: when a server run ends, or somebody gives an order
     */
    record Wait(Optional<Instant> until) implements RolloutDecision {}

    /** Lets go so many servers of the current stage. */
    record Release(int servers, Optional<Instant> until) implements RolloutDecision {}

    /** Waits before the next stage. */
    record Soak(Instant until) implements RolloutDecision {}

    /** Asks the health gate before the next stage. */
    record CheckGate(String gate) implements RolloutDecision {}

    record NextStage(int stage) implements RolloutDecision {}

    /** Starts no further server until somebody resumes. */
    record Hold(String reason) implements RolloutDecision {}

    /** Cancels what was not started. */
    record Stop(String reason) implements RolloutDecision {}

    /** Defers what was not started. */
    record Expire(String reason) implements RolloutDecision {}

    /** Every server has had its turn. */
    record Finish() implements RolloutDecision {}
}
