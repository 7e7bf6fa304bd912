package io.patchway.store;

import io.patchway.audit.ChainHead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one row that says where the chain of the audit log ends and begins. Whoever locks it may change either. */
final class AuditChain {
    private static final String ROW = "select * from audit_chain where id = 1";

    private AuditChain() {}

    /** The oldest entries that were removed. */
    record Cut(ChainHead head, int entries) {}

    static ChainHead head(Handle handle) {
        return place(handle, ROW, "head");
    }

    static ChainHead anchor(Handle handle) {
        return place(handle, ROW, "anchor");
    }

    static ChainHead lockHead(Handle handle) {
        return place(handle, ROW + " for update", "head");
    }

    static void moveHead(Handle handle, ChainHead head) {
        handle.createUpdate("update audit_chain set head_sequence = :sequence, head_hash = :hash where id = 1")
                .bind("sequence", head.sequence())
                .bind("hash", head.hash())
                .execute();
    }

    /** Removes at most so many of the oldest entries, up to the first that was recorded later than that. */
    static Optional<Cut> cut(Handle handle, Instant recordedBefore, int limit) {
        ChainHead anchor = place(handle, ROW + " for update", "anchor");
        List<Oldest> oldest = handle.createQuery("""
            select sequence, hash, recorded_at from audit_entry where sequence > :anchor
            order by sequence limit :limit
            """)
                .bind("anchor", anchor.sequence())
                .bind("limit", limit)
                .map(row -> new Oldest(
                        new ChainHead(row.getColumn("sequence", Long.class), row.getColumn("hash", String.class)),
                        row.getColumn("recorded_at", Instant.class)))
                .list();
        List<Oldest> tooOld = oldest.stream()
                .takeWhile(entry -> entry.recordedAt().isBefore(recordedBefore))
                .toList();
        if (tooOld.isEmpty()) {
            return Optional.empty();
        }
        ChainHead last = tooOld.get(tooOld.size() - 1).head();
        handle.createUpdate("delete from audit_entry where sequence <= :sequence")
                .bind("sequence", last.sequence())
                .execute();
        handle.createUpdate("update audit_chain set anchor_sequence = :sequence, anchor_hash = :hash where id = 1")
                .bind("sequence", last.sequence())
                .bind("hash", last.hash())
                .execute();
        return Optional.of(new Cut(last, tooOld.size()));
    }

    private static ChainHead place(Handle handle, String sql, String which) {
        return handle.createQuery(sql)
                .map(row -> new ChainHead(
                        row.getColumn(which + "_sequence", Long.class), row.getColumn(which + "_hash", String.class)))
                .one();
    }

    private record Oldest(ChainHead head, Instant recordedAt) {}
}
