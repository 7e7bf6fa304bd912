package io.patchway.store;

import io.patchway.baseline.BaselineVersion;
import io.patchway.run.RunId;
import io.patchway.run.ScanRecord;
import io.patchway.scan.ScanResult;
import io.patchway.server.ServerId;
import org.jdbi.v3.core.Handle;

/** Rows of scans: the figures for lists, and the whole scan as one compressed document. */
final class ScanRows {
    /** The condition that a scan is not the newest one of its server. */
    static final String SUPERSEDED = """
        exists (select 1 from scan newer where newer.server_id = scan.server_id
            and newer.taken_at >= scan.taken_at and (newer.taken_at > scan.taken_at or newer.id > scan.id))
        """;

    private static final int LONGEST_NAME = 200;

    private ScanRows() {}

    static void insert(Handle handle, RunId run, ServerId server, ScanRecord scan, byte[] document) {
        ScanResult result = scan.scan();
        handle.createUpdate("""
            insert into scan (run_id, server_id, taken_at, baseline, baseline_id, baseline_version,
                installed, offered, missing, reboot_needed, document)
            values (:run, :server, :takenAt, :baseline, :baselineId, :baselineVersion,
                :installed, :offered, :missing, :rebootNeeded, :document)
            """)
                .bind("run", run.value())
                .bind("server", server.value())
                .bind("takenAt", result.takenAt())
                .bind("baseline", CleanText.of(scan.baseline(), LONGEST_NAME))
                .bind("baselineId", scan.version().map(version -> version.id().value()))
                .bind("baselineVersion", scan.version().map(BaselineVersion::number))
                .bind("installed", result.installed().size())
                .bind("offered", result.available().size())
                .bind("missing", scan.evaluation().missing().size())
                .bind("rebootNeeded", result.rebootNeeded())
                .bind("document", document)
                .execute();
    }
}
