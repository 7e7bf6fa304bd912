package io.patchway.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What only one node does at a time. */
final class DutyRows {
    static final String PRUNE = "prune";

    private DutyRows() {}

    /** Gives the duty to the node, unless another holds it. */
    static boolean take(Handle handle, String duty, String node, Instant until, Instant now) {
        return handle.createUpdate("""
            update duty set node = :node, held_until = :until where name = :duty and (node = :node or held_until < :now)
            """)
                        .bind("duty", duty)
                        .bind("node", node)
                        .bind("until", until)
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
