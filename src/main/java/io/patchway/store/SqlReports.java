package io.patchway.store;

import io.patchway.baseline.ComplianceLevel;
import io.patchway.compliance.Report;
import io.patchway.compliance.ReportedItem;
import io.patchway.compliance.Reports;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What others report of servers, in a database. Thread-safe. */
public final class SqlReports implements Reports {
    private static final int LONGEST_TITLE = 500;

    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node in the audit log */
    public SqlReports(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public void take(Report report, boolean whole, String actor) {
        database.inTransaction(handle -> {
            handle.createQuery("select server_id from compliance_item where server_id = :server"
                            + " and compliance_type = :type for update")
                    .bind("server", report.server().value())
                    .bind("type", report.type())
                    .mapTo(String.class)
                    .list();
            remove(handle, report, whole);
            insert(handle, report);
            audit.insert(
                    handle,
                    actor,
                    "compliance.reported",
                    "server " + report.server(),
                    "%s: %d items%s".formatted(report.type(), report.items().size(), whole ? "" : ", added to others"),
                    clock.instant());
            return report;
        });
    }

    private static void remove(Handle handle, Report report, boolean whole) {
        String own = "delete from compliance_item where server_id = :server and compliance_type = :type";
        if (whole) {
            handle.createUpdate(own)
                    .bind("server", report.server().value())
                    .bind("type", report.type())
                    .execute();
            return;
        }
        PreparedBatch batch = handle.prepareBatch(own + " and item_id = :item");
        for (ReportedItem item : report.items()) {
            batch.bind("server", report.server().value())
                    .bind("type", report.type())
                    .bind("item", item.id())
                    .add();
        }
        batch.execute();
    }

    private static void insert(Handle handle, Report report) {
        PreparedBatch batch = handle.prepareBatch("""
            insert into compliance_item (server_id, compliance_type, item_id, title, severity, compliant, details,
                executed_at, execution_id, execution_type)
            values (:server, :type, :item, :title, :severity, :compliant, :details,
                :executedAt, :executionId, :executionType)
            """);
        for (ReportedItem item : report.items()) {
            batch.bind("server", report.server().value())
                    .bind("type", report.type())
                    .bind("item", item.id())
                    .bind("title", CleanText.of(item.title(), LONGEST_TITLE))
                    .bind("severity", item.severity())
                    .bind("compliant", item.compliant())
                    .bind("details", JsonText.of(item.details()))
                    .bind("executedAt", report.executedAt())
                    .bind("executionId", report.executionId().map(CleanText::of))
                    .bind("executionType", report.executionType().map(CleanText::of))
                    .add();
        }
        batch.execute();
    }

    @Override
    public List<Report> of(ServerId server) {
        List<Report> single = database.inTransaction(handle -> handle.createQuery("""
            select * from compliance_item where server_id = :server order by compliance_type, item_id
            """)
                .bind("server", server.value())
                .map(SqlReports::single)
                .list());
        Map<Report, List<ReportedItem>> grouped = new LinkedHashMap<>();
        single.forEach(report -> grouped.computeIfAbsent(empty(report), first -> new ArrayList<>())
                .addAll(report.items()));
        return grouped.entrySet().stream()
                .map(entry -> with(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public List<ServerId> servers() {
        return database.inTransaction(
                handle -> handle.createQuery("select distinct server_id from compliance_item order by server_id")
                        .mapTo(String.class)
                        .map(ServerId::new)
                        .list());
    }

    private static Report single(RowView row) {
        return new Report(
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("compliance_type", String.class),
                row.getColumn("executed_at", Instant.class),
                RequestRows.optional(row, "execution_id", String.class),
                RequestRows.optional(row, "execution_type", String.class),
                List.of(new ReportedItem(
                        row.getColumn("item_id", String.class),
                        row.getColumn("title", String.class),
                        row.getColumn("severity", ComplianceLevel.class),
                        row.getColumn("compliant", Boolean.class),
                        JsonText.readTextMap(row.getColumn("details", String.class)))));
    }

    private static Report empty(Report report) {
        return with(report, List.of());
    }

    private static Report with(Report report, List<ReportedItem> items) {
        return new Report(
                report.server(),
                report.type(),
                report.executedAt(),
                report.executionId(),
                report.executionType(),
                items);
    }
}
