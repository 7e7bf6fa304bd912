package io.patchway.store;

import io.patchway.baseline.StoredBaseline;
import org.jdbi.v3.core.Handle;

/** Rows of registered defaults. */
final class DefaultRows {
    private DefaultRows() {}

    /** @param byFile whether its file said so, and not somebody through the API */
    static void set(Handle handle, StoredBaseline baseline, boolean byFile) {
        handle.createUpdate("delete from baseline_default where operating_system = :system")
                .bind("system", baseline.content().operatingSystem())
                .execute();
        handle.createUpdate("""
            insert into baseline_default (operating_system, baseline_id, by_file) values (:system, :id, :byFile)
            """)
                .bind("system", baseline.content().operatingSystem())
                .bind("id", baseline.id().value())
                .bind("byFile", byFile)
                .execute();
    }

    /** Takes back what a file once said; what somebody registered stays. */
    static boolean withdraw(Handle handle, StoredBaseline baseline) {
        return handle.createUpdate("delete from baseline_default where baseline_id = :id and by_file")
                        .bind("id", baseline.id().value())
                        .execute()
                > 0;
    }
}
