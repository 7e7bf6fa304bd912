package io.patchway.run;

import io.patchway.rollout.RolloutDecision;
import io.patchway.rollout.RolloutPhase;
import io.patchway.rollout.RolloutProgress;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the rollouts of all requests stand. Any number of nodes may share it. Every call is one transaction, and what
 * it returns has been committed.
 */
public interface RolloutLedger {

    /** Requests whose rollout must be looked at now, the longest due first. */
    List<RequestId> dueRollouts(int limit, Instant now);

    /**
     * Has {@link io.patchway.rollout.RolloutRule} decide what comes next, while nobody else can, and records it: runs
     * are let go, held back, cancelled or deferred.
     *
     * @param patience how long a held rollout waits for somebody to resume it
     * @param gateLease how long the answer of a health gate may take until it is asked again
     * @return empty when nothing is due, for example because another node was faster
     */
    Optional<Move> advance(RequestId request, Duration patience, Duration gateLease, Instant now);

    /** The gate lets the next stage begin. An answer that comes too late is passed over. */
    void gateOpened(GateCheck check, Instant now);

    /**
     * The gate does not let the next stage begin.
     *
     * @param askAgain when to ask again; empty: the rollout is held
     */
    void gateRefused(GateCheck check, String reason, Optional<Instant> askAgain, Instant now);

    /** Starts no further server; those under way go on. */
    Answer pause(RequestId request, String reason, Instant now);

    /**
     * Goes on with a held rollout. Failures so far are not counted again.
     *
     * @param pastGate whether the next stage begins although the health gate refused
     */
    Answer resume(RequestId request, boolean pastGate, Instant now);

    /**
     * Ends runs at the next point where they can end: a transaction of a package manager is never cut off.
     *
     * @param servers which; empty: all, and the rollout with them
     */
    Answer cancel(RequestId request, Set<ServerId> servers, String reason, Instant now);

    /** Where the rollout of a request stands. */
    Optional<Standing> standing(RequestId request);

    /**
     * What was decided about a rollout.
     *
     * @param check what the health gate is to be asked; only after {@link RolloutDecision.CheckGate}
     */
    record Move(RequestId request, RolloutDecision decision, Optional<GateCheck> check) {}

    /**
     * A question to a health gate.
     *
     * @param attempt from 1
     * @param fence tells this question from a later one
     * @param servers those that ended well in the stage before
     */
    record GateCheck(RequestId request, String gate, int attempt, long fence, List<ServerId> servers) {
        public GateCheck {
            servers = List.copyOf(servers);
        }
    }

    /**
     * Where a rollout stands, for people.
     *
     * @param stage the current stage, from 1
     * @param stages how many there are
     * @param reason why it is held, was cancelled or expired
     */
    record Standing(RolloutPhase phase, int stage, int stages, Optional<String> reason, RolloutProgress progress) {}

    /** What became of an order. */
    enum Answer {
        DONE,
        NO_SUCH_REQUEST,
        /** Every run has ended. */
        ENDED,
        /** There is nothing to resume. */
        NOT_HELD,
        /** It is held or cancelled already. */
        ALREADY
    }
}
