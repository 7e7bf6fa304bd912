package io.patchway.store;

import io.patchway.maintenance.Alert;
import io.patchway.run.Absences;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.Webhook;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The servers that are still looked for, in a database. Thread-safe. */
public final class SqlAbsences implements Absences {
    /** Another beginning than that of an alert: the mail about servers that are back does not name this one. */
    private static final String SILENCED = "nobody is told, because the server is in maintenance mode: ";

    private final Database database;
    private final OutboxRows outbox;
    private final AlertRows alerts;

    /**
     * @param mailDomain the right side of the Message-IDs of all mails
     * @param webhooks who is told besides the recipients of mails
     * @param node the name of this node
     */
    public SqlAbsences(Database database, String mailDomain, List<Webhook> webhooks, String node) {
        this.database = database;
        this.outbox = new OutboxRows(mailDomain, webhooks);
        this.alerts = new AlertRows(new AuditRows(node));
    }

    static void insert(Handle handle, Absence absence, Instant firstLook) {
        handle.createUpdate("""
            insert into absence (run_id, server_id, boot_id, since, until_at, due_at)
            values (:run, :server, :bootId, :since, :until, :due)
            """)
                .bind("run", absence.run().value())
                .bind("server", absence.server().value())
                .bind("bootId", absence.bootId())
                .bind("since", absence.since())
                .bind("until", absence.until())
                .bind("due", firstLook)
                .execute();
    }

    @Override
    public List<Absence> claimDue(int limit, Duration lease, Instant now) {
        return database.inTransaction(handle -> candidates(handle, limit, now).stream()
                .filter(absence -> take(handle, absence, now, now.plus(lease)))
                .toList());
    }

    private static List<Absence> candidates(Handle handle, int limit, Instant now) {
        return handle.createQuery("select * from absence where due_at <= :now order by due_at, run_id limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map(SqlAbsences::absence)
                .list();
    }

    /** Of two nodes that see the same row one moves it out of the other's sight. */
    private static boolean take(Handle handle, Absence absence, Instant now, Instant leaseEnd) {
        return handle.createUpdate("update absence set due_at = :leaseEnd where run_id = :run and due_at <= :now")
                        .bind("leaseEnd", leaseEnd)
                        .bind("run", absence.run().value())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static Absence absence(RowView row) {
        return new Absence(
                new RunId(row.getColumn("run_id", UUID.class)),
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("boot_id", String.class),
                row.getColumn("since", Instant.class),
                row.getColumn("until_at", Instant.class));
    }

    @Override
    public void lookAgain(Absence absence, Instant next) {
        database.inTransaction(handle -> handle.createUpdate("update absence set due_at = :next where run_id = :run")
                .bind("next", next)
                .bind("run", absence.run().value())
                .execute());
    }

    @Override
    public boolean returned(Absence absence, String note, Instant mailAt, Instant now) {
        return database.inTransaction(handle -> {
            if (!end(handle, absence)) {
                return false;
            }
            if (!alerts.raise(handle, Alert.RETURNED_LATE, absence.server(), note, now)) {
                NoteRows.insertAsItStands(handle, absence.run(), SILENCED + note, now);
                return false;
            }
            NoteRows.insertAsItStands(handle, absence.run(), note, now);
            RequestId request = RunRows.owner(handle, absence.run()).request();
            if (!outbox.isPromised(handle, request, Kind.RETURNED)) {
                outbox.promise(handle, request, Kind.RETURNED, now, mailAt);
            }
            return true;
        });
    }

    @Override
    public boolean giveUp(Absence absence, String note, Instant now) {
        return database.inTransaction(handle -> {
            if (!end(handle, absence)) {
                return false;
            }
            NoteRows.insertAsItStands(handle, absence.run(), note, now);
            return alerts.raise(handle, Alert.NOT_RETURNED, absence.server(), note, now);
        });
    }

    /** The request's row is locked first: of two servers that come back at the same time one promises the mail. */
    private static boolean end(Handle handle, Absence absence) {
        RequestRows.lock(handle, RunRows.owner(handle, absence.run()).request());
        return handle.createUpdate("delete from absence where run_id = :run")
                        .bind("run", absence.run().value())
                        .execute()
                == 1;
    }
}
