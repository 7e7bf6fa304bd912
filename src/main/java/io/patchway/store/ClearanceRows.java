package io.patchway.store;

import io.patchway.rollout.RolloutProgress;
import io.patchway.run.Clearance;
import io.patchway.run.RequestId;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** What the rollout of a request lets its runs do. */
final class ClearanceRows {
    private static final String NOT_BEGUN = "ended_at is null and state in ('QUEUED', 'WAITING_WINDOW')";

    private ClearanceRows() {}

    /**
     * Lets go the first waiting runs of a stage. A claim from before counts no more, so that nothing is overwritten.
     */
    static void release(Handle handle, RequestId request, int stage, int servers, Instant now) {
        handle.createUpdate("""
            update server_run set clearance = 'CLEARED', due_at = :now, state_since = :now, leased_by = null,
                fence = fence + 1
            where id in (select id from server_run
                where request_id = :request and stage = :stage and clearance = 'WAITING' and ended_at is null
                order by ordinal limit :servers)
            """)
                .bind("now", now)
                .bind("request", request.value())
                .bind("stage", stage)
                .bind("servers", servers)
                .execute();
    }

    /** Takes back what was let go and has not begun; a node that is about to begin it has lost its claim. */
    static void callBack(Handle handle, RequestId request) {
        handle.createUpdate("update server_run set clearance = 'WAITING', due_at = null, leased_by = null,"
                        + " fence = fence + 1 where request_id = :request and clearance = 'CLEARED' and " + NOT_BEGUN)
                .bind("request", request.value())
                .execute();
        handle.createUpdate("delete from server_occupation where run_id in (select id from server_run"
                        + " where request_id = :request and clearance = 'WAITING' and " + NOT_BEGUN + ")")
                .bind("request", request.value())
                .execute();
    }

    /** Ends what has not begun, with a reason. */
    static void withdraw(Handle handle, RequestId request, Clearance.Kind kind, String reason, Instant now) {
        handle.createUpdate("update server_run set clearance = :kind, clearance_reason = :reason, due_at = :now,"
                        + " leased_by = null, fence = fence + 1 where request_id = :request and " + NOT_BEGUN)
                .bind("kind", kind)
                .bind("reason", CleanText.of(reason))
                .bind("now", now)
                .bind("request", request.value())
                .execute();
    }

    /** Ends every run at the next point where it can end. */
    static void cancel(Handle handle, RequestId request, String reason, Instant now) {
        withdraw(handle, request, Clearance.Kind.CANCELLED, reason, now);
        handle.createUpdate("""
            update server_run set clearance = 'CANCELLED', clearance_reason = :reason
            where request_id = :request and ended_at is null
            """)
                .bind("reason", CleanText.of(reason))
                .bind("request", request.value())
                .execute();
    }

    /** Ends the runs of some servers. */
    static void cancel(Handle handle, RequestId request, Set<ServerId> servers, String reason, Instant now) {
        var batch = handle.prepareBatch("""
            update server_run set clearance = 'CANCELLED', clearance_reason = :reason,
                due_at = case when leased_by is null then :now else due_at end
            where request_id = :request and server_id = :server and ended_at is null
            """);
        servers.stream()
                .map(ServerId::value)
                .sorted()
                .forEach(server -> batch.bind("reason", CleanText.of(reason))
                        .bind("now", now)
                        .bind("request", request.value())
                        .bind("server", server)
                        .add());
        batch.execute();
    }

    /** The servers of a stage that ended well. */
    static List<ServerId> endedWell(Handle handle, RequestId request, int stage) {
        return handle.createQuery("""
            select server_id from server_run
            where request_id = :request and stage = :stage
                and state in ('SUCCEEDED', 'SUCCEEDED_REBOOT_PENDING') order by ordinal
            """)
                .bind("request", request.value())
                .bind("stage", stage)
                .map(row -> new ServerId(row.getColumn("server_id", String.class)))
                .list();
    }

    static RolloutProgress progress(Handle handle, RequestId request, int stage) {
        List<Tally> tallies = handle.createQuery("""
            select stage, clearance, state, count(*) as servers from server_run
            where request_id = :request group by stage, clearance, state
            """)
                .bind("request", request.value())
                .map(Tally::of)
                .list();
        Predicate<Tally> here = tally -> tally.stage() == stage;
        return new RolloutProgress(
                count(tallies, tally -> true),
                count(tallies, here.and(Tally::waiting)),
                count(
                        tallies,
                        tally -> tally.clearance() != Clearance.Kind.WAITING
                                && !tally.state().ended()),
                count(tallies, Tally::failed),
                count(tallies, here.and(Tally::failed)),
                count(tallies, here.and(Tally::well)),
                count(tallies, tally -> tally.stage() > stage && tally.waiting()));
    }

    private static int count(List<Tally> tallies, Predicate<Tally> which) {
        return tallies.stream().filter(which).mapToInt(Tally::servers).sum();
    }

    /** So many runs of one stage are alike. */
    private record Tally(int stage, Clearance.Kind clearance, RunState state, int servers) {
        static Tally of(RowView row) {
            return new Tally(
                    row.getColumn("stage", Integer.class),
                    row.getColumn("clearance", Clearance.Kind.class),
                    row.getColumn("state", RunState.class),
                    row.getColumn("servers", Integer.class));
        }

        boolean waiting() {
            return clearance == Clearance.Kind.WAITING && !state.ended();
        }

        boolean failed() {
            return switch (state) {
                case FAILED, UNKNOWN, NO_PROGRESS, PARTIAL -> true;
                default -> false;
            };
        }

        boolean well() {
            return state == RunState.SUCCEEDED || state == RunState.SUCCEEDED_REBOOT_PENDING;
        }
    }
}
