package io.patchway.store;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Records events, inside the transaction that they tell of. They wait for the sealer in a table without any order, so
 * that no two commits wait for each other.
 *
 * @param node the name of this node
 */
record AuditRows(String node) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ACTION = 100;
    private static final int LONGEST_ACTOR = 1000;

    void insert(Handle handle, String actor, String action, String subject, String detail, Instant now) {
        handle.createUpdate("""
            insert into audit_pending (id, recorded_at, node, actor, action, subject, detail)
            values (:id, :now, :node, :actor, :action, :subject, :detail)
            """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("now", now)
                .bind("node", CleanText.of(node, LONGEST_NAME))
                .bind("actor", CleanText.of(actor, LONGEST_ACTOR))
                .bind("action", CleanText.of(action, LONGEST_ACTION))
                .bind("subject", CleanText.of(subject, LONGEST_ACTOR))
                .bind("detail", CleanText.of(detail))
                .execute();
    }
}
