package io.patchway.store;

import io.patchway.rollout.RolloutDecision;
import io.patchway.rollout.RolloutPhase;
import io.patchway.run.Clearance;
import io.patchway.run.RequestId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes what was decided about a rollout; the caller holds the lock on the request's row. */
final class RolloutRows {
    private RolloutRows() {}

    static void record(Handle handle, RolloutRow row, RolloutDecision decision, Instant now) {
        RequestId request = row.request();
        switch (decision) {
            case RolloutDecision.Wait wait -> look(handle, request, wait.until());
            case RolloutDecision.Release release -> {
                ClearanceRows.release(handle, request, row.stage(), release.servers(), now);
                look(handle, request, release.until());
            }
            case RolloutDecision.Soak soak -> soak(handle, request, soak.until(), now);
            case RolloutDecision.CheckGate ignored -> enter(handle, request, RolloutPhase.CHECKING, now);
            case RolloutDecision.NextStage next -> begin(handle, request, next.stage(), now);
            case RolloutDecision.Hold hold -> hold(handle, row, hold.reason(), now);
            case RolloutDecision.Stop stop -> {
                close(handle, request, RolloutPhase.CANCELLED, stop.reason());
                ClearanceRows.withdraw(handle, request, Clearance.Kind.CANCELLED, stop.reason(), now);
            }
            case RolloutDecision.Expire expire -> {
                close(handle, request, RolloutPhase.EXPIRED, expire.reason());
                ClearanceRows.withdraw(handle, request, Clearance.Kind.EXPIRED, expire.reason(), now);
            }
            case RolloutDecision.Finish ignored -> {
                enter(handle, request, RolloutPhase.DONE, now);
                look(handle, request, Optional.empty());
            }
        }
    }

    private static void look(Handle handle, RequestId request, Optional<Instant> when) {
        update(handle, "rollout_due_at = :due", request).bind("due", when).execute();
    }

    private static void enter(Handle handle, RequestId request, RolloutPhase phase, Instant now) {
        update(handle, """
            rollout_since = case when rollout_phase = :phase then rollout_since else :now end, rollout_phase = :phase
            """, request).bind("phase", phase).bind("now", now).execute();
    }

    private static void soak(Handle handle, RequestId request, Instant until, Instant now) {
        enter(handle, request, RolloutPhase.SOAKING, now);
        update(handle, "rollout_soak_until = :until, rollout_due_at = :now", request)
                .bind("until", until)
                .bind("now", now)
                .execute();
    }

    /** Begins a stage. */
    static boolean begin(Handle handle, RequestId request, int stage, Instant now) {
        enter(handle, request, RolloutPhase.RUNNING, now);
        update(handle, """
            rollout_stage = :stage, rollout_due_at = :now, rollout_attempts = 0, rollout_soak_until = null,
            rollout_held_in = null, rollout_reason = null
            """, request).bind("stage", stage).bind("now", now).execute();
        return true;
    }

    static boolean askGate(Handle handle, RequestId request, int attempts, long fence, Instant askAgain) {
        return update(handle, "rollout_attempts = :attempts, rollout_fence = :fence, rollout_due_at = :due", request)
                        .bind("attempts", attempts)
                        .bind("fence", fence)
                        .bind("due", askAgain)
                        .execute()
                == 1;
    }

    /** Starts no further server. Runs that were let go but have not begun are called back. */
    static boolean hold(Handle handle, RolloutRow row, String reason, Instant now) {
        ClearanceRows.callBack(handle, row.request());
        return update(handle, """
            rollout_phase = 'HELD', rollout_held_in = :heldIn, rollout_reason = :reason, rollout_since = :now,
            rollout_due_at = :now
            """, row.request())
                        .bind("heldIn", row.phase() == RolloutPhase.DONE ? RolloutPhase.RUNNING : row.phase())
                        .bind("reason", CleanText.of(reason))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Goes on where it was held; answers to what a gate was asked before count no more. */
    static void resume(Handle handle, RolloutRow row, boolean pastGate, Instant now) {
        RolloutPhase heldIn = row.heldIn().orElse(RolloutPhase.RUNNING);
        if (heldIn == RolloutPhase.CHECKING && pastGate) {
            begin(handle, row.request(), row.stage() + 1, now);
            return;
        }
        int failed = ClearanceRows.progress(handle, row.request(), row.stage()).failed();
        update(handle, """
            rollout_phase = :phase, rollout_since = :now, rollout_due_at = :now, rollout_attempts = 0,
            rollout_held_in = null, rollout_reason = null, rollout_forgiven = :failed,
            rollout_fence = rollout_fence + 1
            """, row.request())
                .bind("phase", heldIn)
                .bind("now", now)
                .bind("failed", failed)
                .execute();
    }

    static void close(Handle handle, RequestId request, RolloutPhase phase, String reason) {
        update(handle, "rollout_phase = :phase, rollout_reason = :reason, rollout_due_at = null", request)
                .bind("phase", phase)
                .bind("reason", CleanText.of(reason))
                .execute();
    }

    private static Update update(Handle handle, String assignments, RequestId request) {
        return handle.createUpdate("update patch_request set " + assignments + " where id = :id")
                .bind("id", request.value());
    }
}
