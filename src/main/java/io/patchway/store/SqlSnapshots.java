package io.patchway.store;

import io.patchway.run.RunId;
import io.patchway.run.machine.Snapshot;
import io.patchway.run.machine.Snapshots;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The snapshots of machines, in a database. Thread-safe. */
public final class SqlSnapshots implements Snapshots {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final Database database;

    public SqlSnapshots(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Snapshot> of(ServerId server) {
        return database.inTransaction(
                handle -> handle.createQuery("select * from machine_snapshot where server_id = :server")
                        .bind("server", server.value())
                        .map(SqlSnapshots::snapshot)
                        .findOne());
    }

    @Override
    public boolean promise(RunId run, ServerId server, String name, Instant now, Instant expiresAt) {
        try {
            return database.inTransaction(handle ->
                    isOf(handle, run, server).orElseGet(() -> insert(handle, run, server, name, now, expiresAt)));
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return database.inTransaction(
                        handle -> isOf(handle, run, server).orElse(false));
            }
            throw e;
        }
    }

    /** Whether the snapshot of the server is from this run; empty when there is none. */
    private static Optional<Boolean> isOf(Handle handle, RunId run, ServerId server) {
        return handle.createQuery("select run_id from machine_snapshot where server_id = :server")
                .bind("server", server.value())
                .mapTo(UUID.class)
                .findOne()
                .map(run.value()::equals);
    }

    private static boolean insert(
            Handle handle, RunId run, ServerId server, String name, Instant now, Instant expiresAt) {
        return handle.createUpdate("""
            insert into machine_snapshot (server_id, name, run_id, certain, created_at, expires_at, removal_due_at)
            values (:server, :name, :run, false, :now, :expiresAt, :expiresAt)
            """)
                        .bind("server", server.value())
                        .bind("name", name)
                        .bind("run", run.value())
                        .bind("now", now)
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    @Override
    public void made(ServerId server, String name) {
        update("update machine_snapshot set certain = true where server_id = :server and name = :name", server, name);
    }

    @Override
    public void gone(ServerId server, String name) {
        update("delete from machine_snapshot where server_id = :server and name = :name", server, name);
    }

    private void update(String sql, ServerId server, String name) {
        database.inTransaction(handle -> handle.createUpdate(sql)
                .bind("server", server.value())
                .bind("name", name)
                .execute());
    }

    @Override
    public List<Snapshot> claimExpired(int limit, Duration again, Instant now) {
        return database.inTransaction(handle ->
                handle
                        .createQuery("""
                            select * from machine_snapshot where removal_due_at <= :now order by removal_due_at, number limit :limit
                            """)
                        .bind("now", now)
                        .bind("limit", limit)
                        .map(SqlSnapshots::snapshot)
                        .list()
                        .stream()
                        .filter(snapshot -> take(handle, snapshot, now, now.plus(pause(snapshot, again, now))))
                        .toList());
    }

    /** As long as the snapshot has been over already, which doubles the pause each time. */
    private static Duration pause(Snapshot snapshot, Duration least, Instant now) {
        Duration over = Duration.between(snapshot.expiresAt(), now);
        Duration most = LONGEST_PAUSE.compareTo(over) < 0 ? LONGEST_PAUSE : over;
        return most.compareTo(least) < 0 ? least : most;
    }

    /** Of two nodes that see the same row one moves it out of the other's sight. */
    private static boolean take(Handle handle, Snapshot snapshot, Instant now, Instant next) {
        return handle.createUpdate("""
            update machine_snapshot set removal_due_at = :next where number = :number and removal_due_at <= :now
            """)
                        .bind("next", next)
                        .bind("number", snapshot.number())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static Snapshot snapshot(RowView row) {
        return new Snapshot(
                row.getColumn("number", Long.class),
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("name", String.class),
                row.getColumn("certain", Boolean.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("expires_at", Instant.class));
    }
}
