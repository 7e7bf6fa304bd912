package io.patchway.store;

import io.patchway.patch.PackageKey;
import io.patchway.run.PatchChange;
import io.patchway.run.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of what became of patches. */
final class ChangeRows {
    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_VERSION = 500;
    private static final int LONGEST_TITLE = 500;

    private ChangeRows() {}

    /** Writes changes; of several for the same round, package and version the last one counts. */
    static void replace(Handle handle, RunId run, List<PatchChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Collection<PatchChange> last = lastOfEach(changes);
        delete(handle, run, last);
        insert(handle, run, last);
    }

    private static Collection<PatchChange> lastOfEach(List<PatchChange> changes) {
        record Identity(int round, PackageKey key, String version) {}
        Map<Identity, PatchChange> last = new LinkedHashMap<>();
        for (PatchChange change : changes) {
            last.put(new Identity(change.round(), change.key(), version(change.after())), change);
        }
        return last.values();
    }

    private static void delete(Handle handle, RunId run, Collection<PatchChange> changes) {
        PreparedBatch batch = handle.prepareBatch("""
            delete from patch_change where run_id = :run and round = :round
                and package_name = :name and arch = :arch and wanted_version = :wanted
            """);
        changes.forEach(change -> identify(batch, run, change).add());
        batch.execute();
    }

    private static void insert(Handle handle, RunId run, Collection<PatchChange> changes) {
        PreparedBatch batch = handle.prepareBatch("""
            insert into patch_change (run_id, round, package_name, arch, wanted_version, prior_version, outcome,
                classification, severity, advisories, cves, title, reason)
            values (:run, :round, :name, :arch, :wanted, :prior, :outcome,
                :classification, :severity, :advisories, :cves, :title, :reason)
            """);
        changes.forEach(change -> identify(batch, run, change)
                .bind("prior", change.before().map(ChangeRows::version))
                .bind("outcome", change.outcome())
                .bind("classification", CleanText.of(change.classification(), LONGEST_WORD))
                .bind("severity", CleanText.of(change.severity(), LONGEST_WORD))
                .bind("advisories", JsonText.ofTexts(change.advisories()))
                .bind("cves", JsonText.ofTexts(change.cves()))
                .bind("title", CleanText.of(change.title(), LONGEST_TITLE))
                .bind("reason", CleanText.of(change.reason()))
                .add());
        batch.execute();
    }

    private static PreparedBatch identify(PreparedBatch batch, RunId run, PatchChange change) {
        return batch.bind("run", run.value())
                .bind("round", change.round())
                .bind("name", change.key().name())
                .bind("arch", change.key().arch())
                .bind("wanted", version(change.after()));
    }

    private static String version(String text) {
        return CleanText.of(text, LONGEST_VERSION);
    }

    static Map<RunId, List<PatchChange>> of(Handle handle, Collection<RunId> runs) {
        Map<RunId, List<PatchChange>> changes = new HashMap<>();
        handle.createQuery("""
            select * from patch_change where run_id in (<runs>)
            order by round, package_name, arch, wanted_version
            """)
                .bindList("runs", runs.stream().map(RunId::value).toList())
                .map(row -> Map.entry(new RunId(row.getColumn("run_id", UUID.class)), change(row)))
                .forEach(entry -> changes.computeIfAbsent(entry.getKey(), run -> new ArrayList<>())
                        .add(entry.getValue()));
        return changes;
    }

    private static PatchChange change(RowView row) {
        return new PatchChange(
                row.getColumn("round", Integer.class),
                new PackageKey(row.getColumn("package_name", String.class), row.getColumn("arch", String.class)),
                RequestRows.optional(row, "prior_version", String.class),
                row.getColumn("wanted_version", String.class),
                row.getColumn("outcome", PatchChange.Outcome.class),
                row.getColumn("classification", String.class),
                row.getColumn("severity", String.class),
                JsonText.readTexts(row.getColumn("advisories", String.class)),
                JsonText.readTexts(row.getColumn("cves", String.class)),
                RequestRows.optional(row, "title", String.class).orElse(""),
                row.getColumn("reason", String.class));
    }
}
