package io.patchway.store;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Rows of stored baselines. */
final class BaselineRows {
    /** The baselines that can be seen: those whose file is gone only while something needs them. */
    static final String VISIBLE = """
        (gone_at is null
            or exists (select 1 from baseline_default served where served.baseline_id = baseline.id)
            or exists (select 1 from baseline_group served where served.baseline_id = baseline.id))
        """;

    private static final int LONGEST_ACTOR = 1000;

    private BaselineRows() {}

    static StoredBaseline baseline(RowView row) {
        return new StoredBaseline(
                new BaselineId(row.getColumn("id", String.class)),
                row.getColumn("version", Integer.class),
                row.getColumn("owner", Owner.class),
                JsonText.read(row.getColumn("content", String.class), PatchBaseline.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("modified_at", Instant.class));
    }

    static Optional<StoredBaseline> find(Handle handle, BaselineId id) {
        return handle.createQuery("select * from baseline where id = :id and " + VISIBLE)
                .bind("id", id.value())
                .map(BaselineRows::baseline)
                .findOne();
    }

    static void insert(Handle handle, StoredBaseline baseline, String content, Optional<String> file, String actor) {
        handle.createUpdate("""
            insert into baseline (id, name, operating_system, owner, file, version, content, created_at, modified_at,
                modified_by)
            values (:id, :name, :operatingSystem, :owner, :file, 1, :content, :createdAt, :createdAt, :actor)
            """)
                .bind("id", baseline.id().value())
                .bind("name", baseline.name())
                .bind("operatingSystem", baseline.content().operatingSystem())
                .bind("owner", baseline.owner())
                .bind("file", file)
                .bind("content", content)
                .bind("createdAt", baseline.createdAt())
                .bind("actor", CleanText.of(actor, LONGEST_ACTOR))
                .execute();
    }

    /** Puts the present version into the history and a new one in its place; the row must be locked. */
    static void advance(Handle handle, StoredBaseline next, String content, String actor) {
        handle.createUpdate("""
            insert into baseline_past (baseline_id, version, content, stored_at, stored_by)
            select id, version, content, modified_at, modified_by from baseline where id = :id
            """).bind("id", next.id().value()).execute();
        handle.createUpdate("""
            update baseline set version = :version, name = :name, operating_system = :system, content = :content,
                modified_at = :modifiedAt, modified_by = :actor, gone_at = null
            where id = :id
            """)
                .bind("id", next.id().value())
                .bind("version", next.version())
                .bind("name", next.name())
                .bind("system", next.content().operatingSystem())
                .bind("content", content)
                .bind("modifiedAt", next.modifiedAt())
                .bind("actor", CleanText.of(actor, LONGEST_ACTOR))
                .execute();
    }

    /**
     * A baseline that is now for another operating system serves neither patch groups nor as default of the old one.
     */
    static void leaveOtherSystems(Handle handle, StoredBaseline baseline) {
        for (String table : List.of("baseline_default", "baseline_group")) {
            handle.createUpdate("delete from <table> where baseline_id = :id and operating_system <> :system")
                    .define("table", table)
                    .bind("id", baseline.id().value())
                    .bind("system", baseline.content().operatingSystem())
                    .execute();
        }
    }
}
