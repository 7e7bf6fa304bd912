package io.patchway.store;

import io.patchway.audit.AuditEntry;
import io.patchway.audit.AuditLog;
import io.patchway.audit.AuditTrail;
import io.patchway.audit.ChainHead;
import io.patchway.audit.SealedEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The audit log in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlAuditLog implements AuditLog, AuditTrail {
    private final Database database;
    private final AuditRows rows;
    private final Clock clock;

    /** @param node the name of this node */
    public SqlAuditLog(Database database, String node, Clock clock) {
        this.database = database;
        this.rows = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public void record(String actor, String action, String subject, String detail) {
        Instant now = clock.instant();
        database.inTransaction(handle -> {
            rows.insert(handle, actor, action, subject, detail, now);
            return true;
        });
    }

    /** Whoever locks the one row of the chain is the sealer until the transaction ends. */
    @Override
    public int seal(int limit) {
        if (nothingWaits()) {
            return 0;
        }
        return database.inTransaction(handle -> {
            ChainHead head = AuditChain.lockHead(handle);
            List<SealedEntry> sealed = new ArrayList<>();
            for (AuditEntry entry : waiting(handle, limit)) {
                SealedEntry next = SealedEntry.behind(head, entry);
                sealed.add(next);
                head = next.head();
            }
            append(handle, sealed);
            AuditChain.moveHead(handle, head);
            return sealed.size();
        });
    }

    private boolean nothingWaits() {
        return database.inTransaction(handle -> handle.createQuery("select 1 from audit_pending limit 1")
                .mapTo(Integer.class)
                .findFirst()
                .isEmpty());
    }

    private static List<AuditEntry> waiting(Handle handle, int limit) {
        return handle.createQuery("select * from audit_pending order by id limit :limit")
                .bind("limit", limit)
                .map(SqlAuditLog::entry)
                .list();
    }

    private static void append(Handle handle, List<SealedEntry> sealed) {
        if (sealed.isEmpty()) {
            return;
        }
        PreparedBatch added = handle.prepareBatch("""
            insert into audit_entry (sequence, id, recorded_at, node, actor, action, subject, detail, previous_hash,
                hash)
            values (:sequence, :id, :at, :node, :actor, :action, :subject, :detail, :previousHash, :hash)
            """);
        PreparedBatch taken = handle.prepareBatch("delete from audit_pending where id = :id");
        for (SealedEntry next : sealed) {
            AuditEntry entry = next.entry();
            added.bind("sequence", next.sequence())
                    .bind("id", entry.id())
                    .bind("at", entry.at())
                    .bind("node", entry.node())
                    .bind("actor", entry.actor())
                    .bind("action", entry.action())
                    .bind("subject", entry.subject())
                    .bind("detail", entry.detail())
                    .bind("previousHash", next.previousHash())
                    .bind("hash", next.hash())
                    .add();
            taken.bind("id", entry.id()).add();
        }
        added.execute();
        taken.execute();
    }

    @Override
    public List<SealedEntry> entriesAfter(long sequence, int limit) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select * from audit_entry where sequence > :sequence order by sequence limit :limit")
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map(SqlAuditLog::sealed)
                .list());
    }

    @Override
    public Optional<SealedEntry> entry(long sequence) {
        return database.inTransaction(
                handle -> handle.createQuery("select * from audit_entry where sequence = :sequence")
                        .bind("sequence", sequence)
                        .map(SqlAuditLog::sealed)
                        .findOne());
    }

    @Override
    public ChainHead head() {
        return database.inTransaction(AuditChain::head);
    }

    @Override
    public ChainHead anchor() {
        return database.inTransaction(AuditChain::anchor);
    }

    private static SealedEntry sealed(RowView row) {
        return new SealedEntry(
                row.getColumn("sequence", Long.class),
                entry(row),
                row.getColumn("previous_hash", String.class),
                row.getColumn("hash", String.class));
    }

    private static AuditEntry entry(RowView row) {
        return new AuditEntry(
                row.getColumn("id", UUID.class),
                row.getColumn("recorded_at", Instant.class),
                row.getColumn("node", String.class),
                row.getColumn("actor", String.class),
                row.getColumn("action", String.class),
                row.getColumn("subject", String.class),
                row.getColumn("detail", String.class));
    }
}
