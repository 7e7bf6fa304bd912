package io.patchway.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything that the next decision about a rollout rests on.
 *
 * @param stage the current stage, from 0
 * @param stages how many there are
 * @param soakUntil when the soak time ends; only while it soaks
 * @param forgiven failures that somebody has seen and resumed in spite of; they are not counted again
 * @param latestStart from when on no server may start; empty: no limit
 */
public record RolloutStanding(
        Rollout rollout,
        RolloutPhase phase,
        int stage,
        int stages,
        Optional<Instant> soakUntil,
        int forgiven,
        Optional<LatestStart> latestStart,
        RolloutProgress progress) {

    boolean isLastStage() {
        return stage >= stages - 1;
    }

    /** Failures that count against the budgets. */
    int errors() {
        return Math.max(0, progress.failed() - forgiven);
    }

    boolean somebodyWaits() {
        return progress.waiting() + progress.later() > 0;
    }

    /**
     * The end of all waiting.
     *
     * @param reason why, for people
     */
    public record LatestStart(Instant at, String reason) {}
}
