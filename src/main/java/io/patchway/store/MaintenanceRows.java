package io.patchway.store;

import io.patchway.maintenance.MaintenanceChange;
import io.patchway.maintenance.MaintenanceChange.Kind;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/**
 * Rows of maintenance modes: what is so, and each change of it, which the audit log is told of.
 *
 * @param audit where changes are told
 */
record MaintenanceRows(AuditRows audit) {
    private static final int LONGEST_NAME = 1000;

    /** The mode of a server; its row stays locked until the transaction ends. */
    static Optional<MaintenanceMode> locked(Handle handle, ServerId server) {
        return handle.createQuery("select * from maintenance_mode where server_id = :server for update")
                .bind("server", server.value())
                .map(MaintenanceRows::mode)
                .findOne();
    }

    static Optional<MaintenanceMode> find(Handle handle, ServerId server) {
        return handle.createQuery("select * from maintenance_mode where server_id = :server")
                .bind("server", server.value())
                .map(MaintenanceRows::mode)
                .findOne();
    }

    /** Enters a mode; to be called when the server is in none. Returns the number of the change. */
    long enter(Handle handle, MaintenanceMode mode, Instant now) {
        handle.createUpdate("""
            insert into maintenance_mode (server_id, since, until_at, set_by, reason, request_id)
            values (:server, :since, :until, :by, :reason, :request)
            """)
                .bind("server", mode.server().value())
                .bind("since", mode.since())
                .bind("until", mode.until())
                .bind("by", CleanText.of(mode.by(), LONGEST_NAME))
                .bind("reason", CleanText.of(mode.reason()))
                .bind("request", mode.request())
                .execute();
        return append(handle, mode, Kind.ENTERED, mode.by(), mode.reason(), now);
    }

    /** Gives a mode other terms. Returns the number of the change. */
    long change(Handle handle, MaintenanceMode mode, Kind kind, String reason, Instant now) {
        handle.createUpdate("""
            update maintenance_mode set since = :since, until_at = :until, set_by = :by, reason = :reason, request_id = :request
            where server_id = :server
            """)
                .bind("server", mode.server().value())
                .bind("since", mode.since())
                .bind("until", mode.until())
                .bind("by", CleanText.of(mode.by(), LONGEST_NAME))
                .bind("reason", CleanText.of(mode.reason()))
                .bind("request", mode.request())
                .execute();
        return append(handle, mode, kind, mode.by(), reason, now);
    }

    /** Ends a mode. Returns the number of the change. */
    long end(Handle handle, MaintenanceMode mode, Kind kind, String by, String reason, Instant now) {
        handle.createUpdate("delete from maintenance_mode where server_id = :server")
                .bind("server", mode.server().value())
                .execute();
        return append(handle, mode, kind, by, reason, now);
    }

    private long append(Handle handle, MaintenanceMode mode, Kind kind, String by, String reason, Instant now) {
        boolean over = kind == Kind.LEFT || kind == Kind.EXPIRED;
        long number = nextNumber(handle);
        handle.createUpdate("""
            insert into maintenance_change (number, server_id, kind, changed_at, changed_by, reason, request_id, until_at)
            values (:number, :server, :kind, :now, :by, :reason, :request, :until)
            """)
                .bind("number", number)
                .bind("server", mode.server().value())
                .bind("kind", kind)
                .bind("now", now)
                .bind("by", CleanText.of(by, LONGEST_NAME))
                .bind("reason", CleanText.of(reason))
                .bind("request", mode.request())
                .bind("until", Optional.of(mode.until()).filter(until -> !over))
                .execute();
        audit.insert(handle, by, action(kind), "server " + mode.server(), detail(mode, over, reason), now);
        return number;
    }

    /**
     * Removes changes of modes, the oldest first; those that a request brought stay as long as it does.
     *
     * @return whether there were any
     */
    static boolean prune(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
            delete from maintenance_change where number in (
                select number from maintenance_change change
                where changed_at < :before
                    and not exists (select 1 from patch_request where id = change.request_id)
                order by number limit :limit)
            """)
                        .bind("before", before)
                        .bind("limit", limit)
                        .execute()
                > 0;
    }

    private static long nextNumber(Handle handle) {
        return handle.createQuery("select nextval('execution_number')")
                .mapTo(Long.class)
                .one();
    }

    private static String action(Kind kind) {
        return switch (kind) {
            case ENTERED -> "maintenance.entered";
            case TAKEN_OVER -> "maintenance.taken-over";
            case LEFT_ON -> "maintenance.left-on";
            case LEFT -> "maintenance.left";
            case EXPIRED -> "maintenance.expired";
        };
    }

    private static String detail(MaintenanceMode mode, boolean over, String reason) {
        String end = over ? "" : "until " + mode.until() + ": ";
        String request = mode.request().map(id -> " (request " + id + ")").orElse("");
        return end + reason + request;
    }

    static MaintenanceMode mode(RowView row) {
        return new MaintenanceMode(
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("since", Instant.class),
                row.getColumn("until_at", Instant.class),
                row.getColumn("set_by", String.class),
                row.getColumn("reason", String.class),
                RequestRows.optional(row, "request_id", UUID.class));
    }

    static MaintenanceChange change(RowView row) {
        return new MaintenanceChange(
                row.getColumn("number", Long.class),
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("kind", Kind.class),
                row.getColumn("changed_at", Instant.class),
                row.getColumn("changed_by", String.class),
                row.getColumn("reason", String.class),
                RequestRows.optional(row, "request_id", UUID.class),
                RequestRows.optional(row, "until_at", Instant.class));
    }
}
