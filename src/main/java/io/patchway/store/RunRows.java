package io.patchway.store;

import io.patchway.run.Clearance;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunMemory;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.UnreadableRun;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Rows of server runs: what a step reads and what it leaves behind. */
final class RunRows {
    private final RequestCache requests = new RequestCache();

    Optional<ServerRun> find(Handle handle, Claim claim) {
        return handle.createQuery("""
            select id, request_id, server_id, state, round, fence, state_since, deadline, memory,
                clearance, clearance_reason
            from server_run where id = :run and fence = :fence and ended_at is null
            """)
                .bind("run", claim.run().value())
                .bind("fence", claim.fence())
                .map(row -> run(handle, row))
                .findOne();
    }

    private ServerRun run(Handle handle, RowView row) {
        return new ServerRun(
                new RunId(row.getColumn("id", UUID.class)),
                requests.get(handle, new RequestId(row.getColumn("request_id", UUID.class))),
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("state", RunState.class),
                row.getColumn("round", Integer.class),
                row.getColumn("fence", Long.class),
                row.getColumn("state_since", Instant.class),
                RequestRows.optional(row, "deadline", Instant.class),
                memory(row),
                new Clearance(
                        row.getColumn("clearance", Clearance.Kind.class),
                        RequestRows.optional(row, "clearance_reason", String.class)
                                .orElse("")));
    }

    private static RunMemory memory(RowView row) {
        try {
            return JsonText.read(row.getColumn("memory", String.class), RunMemory.class);
        } catch (IllegalStateException e) {
            throw new UnreadableRun(new RunId(row.getColumn("id", UUID.class)), e);
        }
    }

    /**
     * Ends a run that cannot be read.
     *
     * @return false when the claim was lost
     */
    static boolean abandon(Handle handle, Claim claim, String reason, Instant now) {
        return handle.createUpdate("""
            update server_run set state = 'UNKNOWN', state_since = :now, fence = fence + 1, leased_by = null,
                due_at = null, deadline = null, last_error = :reason, ended_at = :now
            where id = :run and fence = :fence and ended_at is null
            """)
                        .bind("now", now)
                        .bind("reason", CleanText.of(reason))
                        .bind("run", claim.run().value())
                        .bind("fence", claim.fence())
                        .execute()
                == 1;
    }

    /** @return false when the claim was lost */
    static boolean remember(Handle handle, Claim claim, String memoryDocument) {
        return handle.createUpdate("""
            update server_run set memory = :memory where id = :run and fence = :fence and ended_at is null
            """)
                        .bind("memory", memoryDocument)
                        .bind("run", claim.run().value())
                        .bind("fence", claim.fence())
                        .execute()
                == 1;
    }

    /**
     * Moves the run on. The fence grows once more, so that a claim that was given back is worth nothing.
     *
     * @param kept the lease of the next step; empty when the claim is given back
     * @return false when the claim was lost
     */
    static boolean move(
            Handle handle,
            Claim claim,
            Transition transition,
            String memoryDocument,
            Optional<Lease> kept,
            Instant now) {
        RunState next = transition.next();
        RunMemory memory = transition.memory();
        Optional<String> lastError = memory.lastError().map(CleanText::of);
        return handle.createUpdate("""
            update server_run set
                state_since = case when state = :state then state_since else :now end,
                state = :state, round = :round, fence = fence + 1, leased_by = :node,
                due_at = :dueAt, deadline = :deadline,
                memory = :memory, reboots = :reboots, last_error = :lastError,
                started_at = coalesce(started_at, :startedAt), ended_at = :endedAt
            where id = :run and fence = :fence and ended_at is null
            """)
                        .bind("state", next)
                        .bind("round", transition.round())
                        .bind("now", now)
                        .bind(
                                "dueAt",
                                Optional.of(kept.map(Lease::end).orElse(transition.dueAt()))
                                        .filter(due -> !next.ended()))
                        .bind("node", kept.map(Lease::node))
                        .bind("deadline", transition.deadline().filter(deadline -> !next.ended()))
                        .bind("memory", memoryDocument)
                        .bind("reboots", memory.reboots())
                        .bind("lastError", lastError)
                        .bind("startedAt", Optional.of(now).filter(instant -> isAtWork(next)))
                        .bind("endedAt", Optional.of(now).filter(instant -> next.ended()))
                        .bind("run", claim.run().value())
                        .bind("fence", claim.fence())
                        .execute()
                == 1;
    }

    private static boolean isAtWork(RunState state) {
        return !state.ended() && state != RunState.QUEUED && state != RunState.WAITING_WINDOW;
    }

    /** What the run belongs to, for what must happen when it ends. */
    static Owner owner(Handle handle, RunId run) {
        return handle.createQuery("select request_id, server_id from server_run where id = :run")
                .bind("run", run.value())
                .map(row -> new Owner(
                        new RequestId(row.getColumn("request_id", UUID.class)),
                        new ServerId(row.getColumn("server_id", String.class))))
                .one();
    }

    record Owner(RequestId request, ServerId server) {}
}
