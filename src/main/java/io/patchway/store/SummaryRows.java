package io.patchway.store;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.ComplianceSummary;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RunId;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.scan.HostFacts;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Rows of scans in figures. */
final class SummaryRows {
    /** The condition that a scan is not the one in force. */
    static final String SUPERSEDED = """
        not exists (select 1 from server_standing where server_standing.server_id = scan_summary.server_id
            and server_standing.scan_id = scan_summary.scan_id)
        """;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_GROUP = 256;

    private SummaryRows() {}

    /** @param counts the evaluation in figures, as JSON */
    static void insert(
            Handle handle, long id, RunId run, ServerId server, ScanRecord scan, ScanOccasion occasion, String counts) {
        handle.createUpdate("""
            insert into scan_summary (scan_id, run_id, server_id, started_at, taken_at, operation, reboot_option,
                snapshot, baseline, baseline_id, baseline_version, patch_group, install_list, other_baseline, counts,
                host)
            values (:id, :run, :server,
                coalesce((select started_at from server_run where id = :run), :takenAt), :takenAt, :operation,
                :rebootOption, :snapshot, :baseline, :baselineId, :baselineVersion, :patchGroup, :installList,
                :otherBaseline, :counts, :host)
            """)
                .bind("id", id)
                .bind("run", run.value())
                .bind("server", server.value())
                .bind("takenAt", scan.scan().takenAt())
                .bind("operation", occasion.operation())
                .bind("rebootOption", occasion.rebootOption())
                .bind("snapshot", occasion.snapshot())
                .bind("baseline", CleanText.of(scan.baseline(), LONGEST_NAME))
                .bind("baselineId", scan.version().map(version -> version.id().value()))
                .bind("baselineVersion", scan.version().map(BaselineVersion::number))
                .bind("patchGroup", occasion.patchGroup().map(group -> CleanText.of(group, LONGEST_GROUP)))
                .bind("installList", occasion.installList().map(CleanText::of))
                .bind("otherBaseline", occasion.otherBaseline())
                .bind("counts", counts)
                .bind("host", JsonText.of(scan.scan().host()))
                .execute();
    }

    /** Reads a row that was joined with what is remembered of its server. */
    static ScanSummary summary(RowView row) {
        return new ScanSummary(
                row.getColumn("scan_id", Long.class),
                new ServerId(row.getColumn("server_id", String.class)),
                RequestRows.optional(row, "run_id", UUID.class).map(RunId::new),
                row.getColumn("started_at", Instant.class),
                row.getColumn("taken_at", Instant.class),
                row.getColumn("operation", Operation.class),
                row.getColumn("reboot_option", RebootOption.class),
                RequestRows.optional(row, "snapshot", UUID.class),
                row.getColumn("baseline", String.class),
                RequestRows.optional(row, "baseline_id", String.class)
                        .map(id -> new BaselineVersion(
                                new BaselineId(id), row.getColumn("baseline_version", Integer.class))),
                RequestRows.optional(row, "patch_group", String.class),
                RequestRows.optional(row, "install_list", String.class),
                row.getColumn("other_baseline", Boolean.class),
                JsonText.read(row.getColumn("counts", String.class), ComplianceSummary.class),
                JsonText.read(row.getColumn("host", String.class), HostFacts.class),
                RequestRows.optional(row, "unrebooted_at", Instant.class));
    }
}
