package io.patchway.api.ssm;

import io.patchway.SettableClock;
import io.patchway.access.Caller;
import io.patchway.access.Role;
import io.patchway.run.PatchChange;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestDesks;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlCommandHistory;
import io.patchway.store.SqlComplianceRecords;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlReports;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers of {@link RequestDesks} over a real store, whose runs a test moves on by hand. */
public final class PatchedFleet implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final Caller OPERATOR = new Caller("otto", Role.OPERATOR);
    public static final String WEB_01 = NodeIds.of(new ServerId("web-01"));
    public static final String WEB_02 = NodeIds.of(new ServerId("web-02"));
    public static final String DB_01 = NodeIds.of(new ServerId("db-01"));
    public static final String NOBODY = NodeIds.of(new ServerId("nobody"));

    public final SettableClock clock = new SettableClock(NOON);
    public final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    public final SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
    public final SqlCommandHistory commands = new SqlCommandHistory(database);
    public final SqlHistory history = new SqlHistory(database);
    public final SqlRolloutLedger rollouts = new SqlRolloutLedger(database, "node-1");
    public final SqlComplianceRecords records = new SqlComplianceRecords(database);
    public final SqlReports reports = new SqlReports(database, "node-1", clock);
    public final RequestDesk desk = RequestDesks.over(ledger, clock);
    public final Nodes nodes = new Nodes(RequestDesks.inventory());

    /** Ends the run of a server that is due. */
    public void end(String server, RunState verdict, List<PatchChange> changes, Optional<ScanRecord> scan) {
        for (Claim claim : ledger.claimDue("node-1", 100, Duration.ofMinutes(1), clock.instant())) {
            ServerRun run = ledger.load(claim).orElseThrow();
            if (!run.server().value().equals(server)) {
                continue;
            }
            Claim kept = step(claim, Transition.to(RunState.SCANNING, run, run.memory(), clock.instant(), "scanning"));
            ServerRun begun = ledger.load(kept).orElseThrow();
            Transition last = Transition.to(verdict, begun, begun.memory(), clock.instant(), "verdict " + verdict)
                    .recording(changes);
            ledger.commit(kept, scan.map(last::keeping).orElse(last), clock.instant());
        }
        clock.advance(Duration.ofMinutes(2));
    }

    private Claim step(Claim claim, Transition transition) {
        return ledger.commitAndKeep(claim, transition, "node-1", Duration.ofMinutes(1), clock.instant())
                .orElseThrow();
    }

    @Override
    public void close() {
        database.close();
    }
}
