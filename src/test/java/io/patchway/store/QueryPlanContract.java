package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.compliance.Report;
import io.patchway.compliance.ReportedItem;
import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobTarget;
import io.patchway.console.Jobs;
import io.patchway.run.CommandHistory.Selection;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.Outbox.State;
import io.patchway.run.Page;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchRequest;
import io.patchway.run.Pruner;
import io.patchway.run.RequestId;
import io.patchway.run.RetentionRule;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/** However long the history is, no statement reads a table from end to end; on every database. */
abstract class QueryPlanContract extends StoreContract {
    private final Set<String> statements = new LinkedHashSet<>();

    /** What a plan calls the reading of a whole table. */
    abstract String fullScan();

    /** The plan of a statement with question marks, as the planner of a full database would make it. */
    abstract String plan(Handle handle, String sql);

    @Test
    void everyStatementOfTheHistoryGoesAlongAnIndex() {
        listen();
        patch(NOON, "web-01", "web-02");
        lookAtEverything();
        SettableClock later = new SettableClock(NOON.plus(Duration.ofDays(1000)));
        patch(later.instant(), "web-01");
        RetentionRule rule =
                new RetentionRule(Duration.ofDays(90), Duration.ofDays(730), Optional.of(Duration.ofDays(900)));
        new Pruner(new SqlArchive(database, "node-1"), rule, later).prune();

        Map<String, String> plans = plans();

        assertThat(plans).hasSizeGreaterThan(30);
        assertThat(plans).allSatisfy((sql, plan) -> assertThat(plan).as(sql).doesNotContainIgnoringCase(fullScan()));
    }

    private void patch(Instant at, String... servers) {
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        PatchRequest request = Samples.request(servers);
        ledger.accept(request, Optional.of("sha256:" + at));
        for (Claim claim : ledger.claimDue("node-1", servers.length, Duration.ofMinutes(1), at)) {
            ServerRun run = ledger.load(claim).orElseThrow();
            ledger.occupy(run.server(), claim);
            ledger.commit(
                    claim,
                    Transition.to(RunState.SUCCEEDED, run, run.memory(), at, "verified")
                            .recording(List.of(Samples.change(1, Outcome.INSTALLED, "")))
                            .keeping(Samples.scan(at)),
                    at);
        }
        new SqlAuditLog(database, "node-1", new SettableClock(at)).seal(100);
    }

    private void lookAtEverything() {
        new SqlHistory(database).run(new ExecutionNumber(100_001));
        new SqlExecutions(database).find(new ExecutionNumber(100_001));
        new SqlExecutions(database).beingPatched(Set.of(new ServerId("web-01")));
        new SqlServerSystems(database).ofScanned(Set.of(new ServerId("web-01")));
        SqlHistory history = new SqlHistory(database);
        Page<?> first = history.requests(Optional.empty(), 1);
        history.requests(first.next(), 1);
        history.requests(Optional.empty(), 1).entries().forEach(request -> {
            history.request(request.id());
            history.runs(request.id(), Optional.of("0"), 1);
        });
        history.runs(new ServerId("web-01"), Optional.empty(), 10);
        history.installs(new ServerId("web-01"), Optional.empty(), 10);
        SqlScanHistory scans = new SqlScanHistory(database);
        scans.latest(new ServerId("web-01"));
        scans.newestOfEach(NOON, NOON.plusSeconds(1), Optional.empty(), 1);
        SqlComplianceRecords records = new SqlComplianceRecords(database);
        records.inForce(new ServerId("web-01"));
        records.rebootDue(List.of(new ServerId("web-01")));
        records.history(new ServerId("web-01"), Optional.empty(), 10);
        records.find(new ServerId("web-01"), 1);
        records.details(1);
        SqlCommandHistory commands = new SqlCommandHistory(database);
        ServerId onlyServer = new ServerId("web-01");
        commands.commands(
                new Selection(Optional.of(onlyServer), Optional.empty(), Optional.empty()), Optional.empty(), 5);
        commands.commands(Selection.ALL, Optional.empty(), 5);
        RequestId request =
                history.requests(Optional.empty(), 1).entries().getFirst().id();
        commands.command(request);
        commands.runs(request, Optional.of(onlyServer), Optional.empty(), 5);
        SqlReports reports = new SqlReports(database, "node-1", new SettableClock(NOON));
        reports.take(report(), true, "tester");
        reports.take(report(), false, "tester");
        reports.of(onlyServer);
        SqlOutbox outbox = new SqlOutbox(database, "node-1");
        outbox.list(State.WAITING, Optional.empty(), 10);
        outbox.oldestWaiting();
        outbox.giveUpAbandoned(NOON);
        SqlMailOutbox mails = new SqlMailOutbox(database, "node-1");
        mails.claimDue(1, Duration.ofMinutes(1), NOON).forEach(mail -> mails.markSent(mail, Optional.empty(), NOON));
        SqlJobs jobs = new SqlJobs(database, "node-1");
        jobs.list(JobKind.SCAN, Jobs.Selection.ALL, 10, 10);
        Job job = new Job(request.value(), JobKind.SCAN, "x", request.value(), Optional.empty(), "y", NOON, Map.of());
        jobs.begin(job, List.of(new JobTarget("web-01", Optional.of(onlyServer), 0, "")));
        jobs.find(job.id());
        jobs.machines(job.id(), true).forEach(machine -> jobs.machine(job.id(), machine.id()));
        jobs.findings(1);
        jobs.findingsBefore(onlyServer, 1);
        jobs.delete(JobKind.SCAN, job.id(), "tester", NOON);
        SqlAuditLog audit = new SqlAuditLog(database, "node-1", new SettableClock(NOON));
        audit.entriesAfter(1, 10);
        audit.entry(1);
    }

    private static Report report() {
        ReportedItem item = new ReportedItem("signatures", "Up to date", ComplianceLevel.HIGH, true, Map.of());
        return new Report(
                new ServerId("web-01"), "Custom:Antivirus", NOON, Optional.empty(), Optional.empty(), List.of(item));
    }

    /** From here on, every statement is kept, with question marks for what it was given. */
    private void listen() {
        database.inTransaction(handle -> handle.getJdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(context.getParsedSql().getSql().strip());
            }
        }));
    }

    private Map<String, String> plans() {
        List<String> asked = statements.stream()
                .filter(sql -> !sql.startsWith("insert"))
                .filter(sql -> !sql.contains("audit_pending"))
                .toList();
        return database.inTransaction(handle -> {
            Map<String, String> plans = new LinkedHashMap<>();
            asked.forEach(sql -> plans.put(sql, plan(handle, sql)));
            return plans;
        });
    }
}
