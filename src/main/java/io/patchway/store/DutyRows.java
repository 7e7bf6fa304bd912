package io.patchway.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What only one node does at a time. */
final class DutyRows {
    static final String PRUNE = "prune";

    /** Accepting what is to be done to machines. */
    static final String MACHINES = "machines";

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

    /** Waits until no other transaction has the duty; it is this one's until its end. */
    static void lock(Handle handle, String duty) {
        handle.createQuery("select name from duty where name = :duty for update")
                .bind("duty", duty)
                .mapTo(String.class)
                .one();
    }
}
