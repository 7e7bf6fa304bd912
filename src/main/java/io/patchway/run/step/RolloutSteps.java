package io.patchway.run.step;

import io.patchway.rollout.RolloutDecision;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RolloutLedger.GateCheck;
import io.patchway.run.RolloutLedger.Move;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a rollout. */
public final class RolloutSteps {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutSteps.class);
    private static final int AT_ONCE = 50;
    /** A gate that refuses is asked so often before the rollout is held. */
    private static final int GATE_ATTEMPTS = 3;

    private static final Duration GATE_PAUSE = Duration.ofSeconds(20);
    /** Longer than all servers of a wave take to answer; a node that dies meanwhile is followed by another. */
    private static final Duration GATE_LEASE = Duration.ofMinutes(10);

    private final RolloutLedger ledger;
    private final HealthCheck healthCheck;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long a held rollout waits for somebody to resume it */
    public RolloutSteps(RolloutLedger ledger, HealthCheck healthCheck, Duration patience, Clock clock) {
        this.ledger = ledger;
        this.healthCheck = healthCheck;
        this.patience = patience;
        this.clock = clock;
    }

    /** Requests whose rollout must be looked at. */
    public List<RequestId> due() {
        return ledger.dueRollouts(AT_ONCE, clock.instant());
    }

    /** Has the next decision made and recorded; what a health gate is to be asked comes back. */
    public Optional<GateCheck> advance(RequestId request) {
        Optional<Move> move = ledger.advance(request, patience, GATE_LEASE, clock.instant());
        move.ifPresent(RolloutSteps::tell);
        return move.flatMap(Move::check);
    }

    /** Asks a health gate and records its answer. */
    public void askGate(GateCheck check) {
        Optional<String> refusal = healthCheck.refusal(check);
        Instant now = clock.instant();
        if (refusal.isEmpty()) {
            LOG.info("Request {}: health gate {} lets the next stage begin", check.request(), check.gate());
            ledger.gateOpened(check, now);
            return;
        }
        boolean again = check.attempt() < GATE_ATTEMPTS;
        LOG.warn("Request {}: attempt {}: {}", check.request(), check.attempt(), refusal.get());
        ledger.gateRefused(
                check, refusal.get(), Optional.of(now.plus(GATE_PAUSE)).filter(when -> again), now);
    }

    private static void tell(Move move) {
        switch (move.decision()) {
            case RolloutDecision.Hold hold ->
                LOG.warn("Request {} is held: {}. It waits for resume or cancel.", move.request(), hold.reason());
            case RolloutDecision.Stop stop -> LOG.warn("Request {} is stopped: {}", move.request(), stop.reason());
            case RolloutDecision.Expire expire ->
                LOG.warn("Request {}: what was not started is deferred: {}", move.request(), expire.reason());
            case RolloutDecision.NextStage next ->
                LOG.info("Request {}: stage {} begins", move.request(), next.stage() + 1);
            case RolloutDecision.Soak soak -> LOG.info("Request {} soaks until {}", move.request(), soak.until());
            case RolloutDecision.Wait ignored -> {}
            case RolloutDecision.Release ignored -> {}
            case RolloutDecision.CheckGate ignored -> {}
            case RolloutDecision.Finish ignored -> {}
        }
    }
}
