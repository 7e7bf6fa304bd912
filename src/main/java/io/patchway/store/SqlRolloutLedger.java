package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.rollout.RolloutDecision;
import io.patchway.rollout.RolloutPhase;
import io.patchway.rollout.RolloutRule;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * The rollout ledger in a database. The request's row is locked from the count to the decision, so that a run which
 * ends meanwhile is counted before or after, and never missed. Thread-safe; any number of nodes may share the database.
 */
public final class SqlRolloutLedger implements RolloutLedger {
    private final Database database;
    private final AuditRows audit;

    /** @param node the name of this node in the audit log */
    public SqlRolloutLedger(Database database, String node) {
        this.database = database;
        this.audit = new AuditRows(node);
    }

    @Override
    public List<RequestId> dueRollouts(int limit, Instant now) {
        return database.inTransaction(handle -> handle.createQuery("""
            select id from patch_request where rollout_due_at <= :now order by rollout_due_at, id limit :limit
            """)
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .map(RequestId::new)
                .list());
    }

    @Override
    public Optional<Move> advance(RequestId request, Duration patience, Duration gateLease, Instant now) {
        return database.inTransaction(handle -> RolloutRow.lock(handle, request)
                .filter(row -> row.isDue(now))
                .map(row -> advance(handle, row, patience, gateLease, now)));
    }

    private Move advance(Handle handle, RolloutRow row, Duration patience, Duration gateLease, Instant now) {
        RolloutDecision decision = RolloutRule.next(row.standing(handle, patience), now);
        RolloutRows.record(handle, row, decision, now);
        audit(handle, row, decision, now);
        if (!(decision instanceof RolloutDecision.CheckGate gate)) {
            return new Move(row.request(), decision, Optional.empty());
        }
        int attempt = row.attempts() + 1;
        long fence = row.fence() + 1;
        RolloutRows.askGate(handle, row.request(), attempt, fence, now.plus(gateLease));
        List<ServerId> servers = ClearanceRows.endedWell(handle, row.request(), row.stage());
        return new Move(
                row.request(),
                decision,
                Optional.of(new GateCheck(row.request(), gate.gate(), attempt, fence, servers)));
    }

    /** What the rollout decides by itself and an operator may have to answer for. */
    private void audit(Handle handle, RolloutRow row, RolloutDecision decision, Instant now) {
        switch (decision) {
            case RolloutDecision.NextStage next ->
                audit(handle, row, "next-stage", "stage %d of %d".formatted(next.stage() + 1, row.stages()), now);
            case RolloutDecision.Hold hold -> audit(handle, row, "held", hold.reason(), now);
            case RolloutDecision.Stop stop -> audit(handle, row, "stopped", stop.reason(), now);
            case RolloutDecision.Expire expire -> audit(handle, row, "expired", expire.reason(), now);
            case RolloutDecision.Wait ignored -> {}
            case RolloutDecision.Release ignored -> {}
            case RolloutDecision.Soak ignored -> {}
            case RolloutDecision.CheckGate ignored -> {}
            case RolloutDecision.Finish ignored -> {}
        }
    }

    private void audit(Handle handle, RolloutRow row, String word, String detail, Instant now) {
        audit.insert(handle, AuditLog.PATCHWAY, "request." + word, "request " + row.request(), detail, now);
    }

    @Override
    public void gateOpened(GateCheck check, Instant now) {
        onAnswer(check, (handle, row) -> {
            audit(handle, row, "next-stage", "the health gate " + check.gate() + " is well", now);
            return RolloutRows.begin(handle, row.request(), row.stage() + 1, now);
        });
    }

    @Override
    public void gateRefused(GateCheck check, String reason, Optional<Instant> askAgain, Instant now) {
        onAnswer(
                check,
                (handle, row) -> askAgain.map(when ->
                                RolloutRows.askGate(handle, row.request(), row.attempts(), row.fence() + 1, when))
                        .orElseGet(() -> {
                            audit(handle, row, "held", reason, now);
                            return RolloutRows.hold(handle, row, reason, now);
                        }));
    }

    private void onAnswer(GateCheck check, BiFunction<Handle, RolloutRow, Boolean> then) {
        database.inTransaction(handle -> RolloutRow.lock(handle, check.request())
                .filter(row -> row.phase() == RolloutPhase.CHECKING && row.fence() == check.fence())
                .map(row -> then.apply(handle, row)));
    }

    @Override
    public Answer pause(RequestId request, String reason, Instant now) {
        return order(request, "paused", reason, now, (handle, row) -> {
            if (row.phase() == RolloutPhase.HELD
                    || row.phase() == RolloutPhase.CANCELLED
                    || row.phase() == RolloutPhase.EXPIRED) {
                return Answer.ALREADY;
            }
            RolloutRows.hold(handle, row, reason, now);
            return Answer.DONE;
        });
    }

    @Override
    public Answer resume(RequestId request, boolean pastGate, Instant now) {
        return order(request, "resumed", pastGate ? "past the health gate" : "", now, (handle, row) -> {
            if (row.phase() != RolloutPhase.HELD) {
                return Answer.NOT_HELD;
            }
            RolloutRows.resume(handle, row, pastGate, now);
            return Answer.DONE;
        });
    }

    @Override
    public Answer cancel(RequestId request, Set<ServerId> servers, String reason, Instant now) {
        String which = servers.isEmpty() ? "all servers" : "servers " + servers;
        return order(request, "cancelled", which + ": " + reason, now, (handle, row) -> {
            if (servers.isEmpty()) {
                RolloutRows.close(handle, request, RolloutPhase.CANCELLED, reason);
                ClearanceRows.cancel(handle, request, reason, now);
            } else {
                ClearanceRows.cancel(handle, request, servers, reason, now);
            }
            return Answer.DONE;
        });
    }

    /** Carries out an order of an operator; the audit log hears of it when it was carried out. */
    private Answer order(
            RequestId request,
            String word,
            String detail,
            Instant now,
            BiFunction<Handle, RolloutRow, Answer> carryOut) {
        return database.inTransaction(handle -> {
            Answer answer = RolloutRow.lock(handle, request)
                    .map(row -> row.ended() ? Answer.ENDED : carryOut.apply(handle, row))
                    .orElse(Answer.NO_SUCH_REQUEST);
            if (answer == Answer.DONE) {
                audit.insert(handle, "api", "request." + word, "request " + request, detail, now);
            }
            return answer;
        });
    }

    @Override
    public Optional<Standing> standing(RequestId request) {
        return database.inTransaction(handle -> RolloutRow.find(handle, request)
                .map(row -> new Standing(
                        row.phase(),
                        row.stage() + 1,
                        row.stages(),
                        row.reason(),
                        ClearanceRows.progress(handle, request, row.stage()))));
    }
}
