package io.patchway.run.window;

import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A rollout ledger for tests that only remembers which requests were cancelled. */
public final class CancelledRequests implements RolloutLedger {
    private final List<RequestId> cancelled = new ArrayList<>();

    /** In the order in which they were cancelled; twice when that came twice. */
    public List<RequestId> all() {
        return List.copyOf(cancelled);
    }

    @Override
    public Answer cancel(RequestId request, Set<ServerId> servers, String reason, Instant now) {
        cancelled.add(request);
        return Answer.DONE;
    }

    @Override
    public List<RequestId> dueRollouts(int limit, Instant now) {
        return List.of();
    }

    @Override
    public Optional<Move> advance(RequestId request, Duration patience, Duration gateLease, Instant now) {
        return Optional.empty();
    }

    @Override
    public void gateOpened(GateCheck check, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void gateRefused(GateCheck check, String reason, Optional<Instant> askAgain, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer pause(RequestId request, String reason, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer resume(RequestId request, boolean pastGate, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Standing> standing(RequestId request) {
        return Optional.empty();
    }
}
