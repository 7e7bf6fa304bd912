package io.patchway.store;

import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.Outbox;
import io.patchway.run.Page;
import io.patchway.run.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The outbox of all channels in a database. Thread-safe. */
public final class SqlOutbox implements Outbox {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final AuditRows audit;

    /** @param node the name of this node in the audit log */
    public SqlOutbox(Database database, String node) {
        this.database = database;
        this.audit = new AuditRows(node);
    }

    @Override
    public Page<Entry> list(State state, Optional<UUID> cursor, int limit) {
        List<Entry> entries = database.inTransaction(handle -> handle.createQuery(
                        "select * from outbox_entry where state = :state and id > :cursor order by id limit :limit")
                .bind("state", state)
                .bind("cursor", cursor.orElse(BEFORE_ALL))
                .bind("limit", limit)
                .map(SqlOutbox::entry)
                .list());
        return new Page<>(
                entries,
                entries.size() < limit
                        ? Optional.empty()
                        : Optional.of(entries.get(limit - 1).id().toString()));
    }

    @Override
    public Optional<Boolean> retry(UUID id, String actor, Instant now) {
        return database.inTransaction(handle -> find(handle, id).map(entry -> retry(handle, entry, actor, now)));
    }

    private boolean retry(Handle handle, Entry entry, String actor, Instant now) {
        boolean due =
                handle.createUpdate("""
                    update outbox_entry set state = 'WAITING', due_at = :now, dead_at = null
                    where id = :id and state <> 'SENT'
                    """).bind("id", entry.id()).bind("now", now).execute() == 1;
        if (due) {
            String detail = entry.channel() + " to " + entry.receiver() + ", was " + entry.state()
                    + entry.remark().map(remark -> ": " + remark).orElse("");
            audit.insert(handle, actor, "outbox.retried", "delivery " + entry.deliveryId(), detail, now);
        }
        return due;
    }

    private static Optional<Entry> find(Handle handle, UUID id) {
        return handle.createQuery("select * from outbox_entry where id = :id")
                .bind("id", id)
                .map(SqlOutbox::entry)
                .findOne();
    }

    @Override
    public Optional<Instant> oldestWaiting() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select created_at from outbox_entry where state = 'WAITING' order by id limit 1")
                .mapTo(Instant.class)
                .findOne());
    }

    @Override
    public void giveUpAbandoned(Instant now) {
        database.inTransaction(handle -> handle.createUpdate("""
            update outbox_entry set state = 'DEAD', dead_at = :now, due_at = null,
                remark = 'nobody sends to this receiver any more'
            where state = 'WAITING' and created_at < :promised and due_at < :untouched
            """)
                .bind("now", now)
                .bind("promised", now.minus(Duration.ofDays(7)))
                .bind("untouched", now.minus(Duration.ofDays(1)))
                .execute());
    }

    private static Entry entry(RowView row) {
        return new Entry(
                row.getColumn("id", UUID.class),
                new RequestId(row.getColumn("request_id", UUID.class)),
                row.getColumn("channel", String.class),
                row.getColumn("receiver", String.class),
                row.getColumn("kind", Kind.class),
                row.getColumn("delivery_id", String.class),
                row.getColumn("state", State.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("attempts", Integer.class),
                RequestRows.optional(row, "due_at", Instant.class),
                RequestRows.optional(row, "sent_at", Instant.class)
                        .or(() -> RequestRows.optional(row, "dead_at", Instant.class)),
                RequestRows.optional(row, "remark", String.class));
    }
}
