package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.run.Archive;
import io.patchway.run.RunMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Removes old records from a database. Thread-safe; any number of nodes may share the database. */
public final class SqlArchive implements Archive {
    private final Database database;
    private final String node;
    private final AuditRows audit;

    /** @param node the name of this node, for its duties and for the audit log */
    public SqlArchive(Database database, String node) {
        this.database = database;
        this.node = node;
        this.audit = new AuditRows(node);
    }

    @Override
    public boolean takeDuty(Duration term, Instant now) {
        return database.inTransaction(handle -> DutyRows.take(handle, DutyRows.PRUNE, node, now.plus(term), now));
    }

    @Override
    public boolean pruneDetails(Instant endedBefore, int runs, Instant now) {
        return database.inTransaction(handle -> {
            Optional<UUID> request = handle.createQuery("""
                select id from patch_request where details_pruned_at is null and ended_at < :endedBefore
                order by ended_at, id limit 1
                """)
                    .bind("endedBefore", endedBefore)
                    .mapTo(UUID.class)
                    .findOne();
            request.ifPresent(id -> pruneDetails(handle, id, runs, now));
            return request.isPresent();
        });
    }

    private void pruneDetails(Handle handle, UUID request, int limit, Instant now) {
        List<UUID> runs = handle.createQuery("""
            select id from server_run run
            where request_id = :request
                and (exists (select 1 from run_note where run_id = run.id)
                    or exists (select 1 from patch_change where run_id = run.id))
            order by ordinal limit :limit
            """)
                .bind("request", request)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
        if (!runs.isEmpty()) {
            deleteDetails(handle, runs);
            handle.createUpdate("update server_run set memory = :memory where id in (<runs>)")
                    .bind("memory", JsonText.of(RunMemory.fresh()))
                    .bindList("runs", runs)
                    .execute();
            return;
        }
        handle.createUpdate("update patch_request set details_pruned_at = :now where id = :request")
                .bind("request", request)
                .bind("now", now)
                .execute();
        JobRows.hide(handle, request, now);
        audit.insert(handle, AuditLog.PATCHWAY, "request.details-pruned", "request " + request, "by retention", now);
    }

    private static void deleteDetails(Handle handle, List<UUID> runs) {
        update(handle, runs, "delete from patch_change where run_id in (<runs>)");
        update(handle, runs, "delete from run_note where run_id in (<runs>)");
        update(handle, runs, "delete from scan where run_id in (<runs>) and " + ScanRows.SUPERSEDED);
    }

    @Override
    public boolean pruneHistory(Instant endedBefore, int runs, Instant now) {
        return database.inTransaction(handle -> {
            Optional<UUID> request = handle.createQuery(
                            "select id from patch_request where ended_at < :endedBefore order by ended_at, id limit 1")
                    .bind("endedBefore", endedBefore)
                    .mapTo(UUID.class)
                    .findOne();
            request.ifPresent(id -> pruneHistory(handle, id, runs, now));
            return request.isPresent()
                    || JobRows.prune(handle, endedBefore, runs)
                    || pruneExecutions(handle, endedBefore, runs)
                    || MaintenanceRows.prune(handle, endedBefore, runs);
        });
    }

    private static boolean pruneExecutions(Handle handle, Instant endedBefore, int limit) {
        List<UUID> ended = handle.createQuery("""
            select id from window_execution where ended_at < :endedBefore order by ended_at, id limit :limit
            """)
                .bind("endedBefore", endedBefore)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
        if (!ended.isEmpty()) {
            handle.createUpdate("delete from window_execution where id in (<ended>)")
                    .bindList("ended", ended)
                    .execute();
        }
        return !ended.isEmpty();
    }

    private void pruneHistory(Handle handle, UUID request, int limit, Instant now) {
        List<UUID> runs = handle.createQuery(
                        "select id from server_run where request_id = :request order by ordinal limit :limit")
                .bind("request", request)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
        if (!runs.isEmpty()) {
            deleteDetails(handle, runs);
            update(handle, runs, "update scan set run_id = null where run_id in (<runs>)");
            update(handle, runs, "delete from scan_summary where run_id in (<runs>) and " + SummaryRows.SUPERSEDED);
            update(handle, runs, "update scan_summary set run_id = null where run_id in (<runs>)");
            update(handle, runs, "delete from absence where run_id in (<runs>)");
            update(handle, runs, "delete from server_run where id in (<runs>)");
            return;
        }
        handle.createUpdate("delete from outbox_entry where request_id = :request")
                .bind("request", request)
                .execute();
        handle.createUpdate("delete from patch_request where id = :request")
                .bind("request", request)
                .execute();
        handle.createUpdate("delete from scan where run_id is null and " + ScanRows.SUPERSEDED)
                .execute();
        handle.createUpdate("delete from scan_summary where run_id is null and " + SummaryRows.SUPERSEDED)
                .execute();
        audit.insert(handle, AuditLog.PATCHWAY, "request.pruned", "request " + request, "by retention", now);
    }

    @Override
    public boolean pruneAudit(Instant recordedBefore, int entries, Instant now) {
        return database.inTransaction(handle -> {
            Optional<AuditChain.Cut> cut = AuditChain.cut(handle, recordedBefore, entries);
            cut.ifPresent(last -> audit.insert(
                    handle,
                    AuditLog.PATCHWAY,
                    "audit.pruned",
                    "entries up to " + last.head().sequence(),
                    last.entries() + " entries by retention; the last had hash "
                            + last.head().hash(),
                    now));
            return cut.isPresent() && cut.get().entries() == entries;
        });
    }

    private static void update(Handle handle, List<UUID> runs, String sql) {
        handle.createUpdate(sql).bindList("runs", runs).execute();
    }
}
