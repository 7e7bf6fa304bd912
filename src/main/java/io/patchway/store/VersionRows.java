package io.patchway.store;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.VersionEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Rows of the versions of baselines: the past ones and the present one. */
final class VersionRows {
    private static final String EVERY = """
        select baseline_id, version, content, stored_at, stored_by from baseline_past where baseline_id = :id
        union all
        select id, version, content, modified_at, modified_by from baseline where id = :id
        """;

    private VersionRows() {}

    static List<VersionEntry> all(Handle handle, BaselineId id) {
        return handle.createQuery(EVERY + "order by version")
                .bind("id", id.value())
                .map(VersionRows::entry)
                .list();
    }

    static Optional<VersionEntry> find(Handle handle, BaselineVersion version) {
        return handle.createQuery("select * from (" + EVERY + ") every where version = :version")
                .bind("id", version.id().value())
                .bind("version", version.number())
                .map(VersionRows::entry)
                .findOne();
    }

    private static VersionEntry entry(RowView row) {
        BaselineId id = new BaselineId(row.getColumn("baseline_id", String.class));
        return new VersionEntry(
                new BaselineVersion(id, row.getColumn("version", Integer.class)),
                JsonText.read(row.getColumn("content", String.class), PatchBaseline.class),
                row.getColumn("stored_at", Instant.class),
                row.getColumn("stored_by", String.class));
    }
}
