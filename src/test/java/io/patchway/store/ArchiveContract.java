package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.audit.ChainVerifier;
import io.patchway.faults.Survives;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchRequest;
import io.patchway.run.Pruner;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RetentionRule;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What retention removes and what it keeps, on every database. */
abstract class ArchiveContract extends StoreContract {
    private static final Duration DETAIL = Duration.ofDays(90);
    private static final Duration HISTORY = Duration.ofDays(730);

    private final SettableClock clock = new SettableClock(NOON);
    private SqlRunLedger ledger;
    private SqlHistory history;
    private SqlScanHistory scans;
    private SqlAuditLog audit;

    @BeforeEach
    void openLedger() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        history = new SqlHistory(database);
        scans = new SqlScanHistory(database);
        audit = new SqlAuditLog(database, "node-1", clock);
    }

    @Test
    void detailsGoAfterTheirTimeAndTheRequestStays() {
        RequestId request = patch(NOON, "web-01", "web-02");
        clock.set(NOON.plus(DETAIL).minusSeconds(1));
        prune(Optional.empty());
        assertThat(runs(request)).allSatisfy(run -> assertThat(run.changes()).hasSize(1));

        clock.set(NOON.plus(DETAIL).plusSeconds(1));
        prune(Optional.empty());

        assertThat(history.request(request).orElseThrow().servers()).isEqualTo(2);
        assertThat(runs(request)).hasSize(2).allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.changes()).isEmpty();
            assertThat(run.notes()).isEmpty();
        });
    }

    @Test
    void theNewestScanOfAServerIsKeptWhateverItsAgeAndUntilThereIsANewerOne() {
        patch(NOON, "web-01");
        clock.set(NOON.plus(HISTORY).plusSeconds(1));
        prune(Optional.empty());
        assertThat(scans.latest(new ServerId("web-01"))).isPresent();
        assertThat(rows("scan")).isEqualTo(1);
        assertThat(rows("server_run")).isZero();

        Instant later = clock.instant();
        patch(later, "web-01");
        clock.set(later.plus(HISTORY).plusSeconds(1));
        prune(Optional.empty());

        assertThat(scans.latest(new ServerId("web-01"))
                        .orElseThrow()
                        .record()
                        .scan()
                        .takenAt())
                .isEqualTo(later);
        assertThat(rows("scan")).isEqualTo(1);
    }

    @Test
    @Survives(44)
    void requestsAndRunsGoAfterTheirTimeWithEverythingThatBelongsToThem() {
        RequestId request = patch(NOON, "web-01", "web-02");
        clock.set(NOON.plus(HISTORY).plusSeconds(1));

        prune(Optional.empty());

        assertThat(history.request(request)).isEmpty();
        assertThat(List.of("patch_request", "server_run", "patch_change", "run_note", "outbox_entry"))
                .allSatisfy(table -> assertThat(rows(table)).as(table).isZero());
    }

    @Test
    void aRequestThatIsStillGoingOnIsNeverTouched() {
        PatchRequest open = Samples.request("web-01", "web-02");
        ledger.accept(open, Optional.empty());
        Claim claim = ledger.claimDue("node", 1, Duration.ofMinutes(1), NOON).get(0);
        end(claim, NOON);
        clock.set(NOON.plus(HISTORY).plus(HISTORY));

        prune(Optional.empty());

        assertThat(runs(open.id()))
                .filteredOn(run -> run.state() == RunState.SUCCEEDED)
                .singleElement()
                .satisfies(run -> assertThat(run.changes()).hasSize(1));
    }

    @Test
    void ofSeveralNodesOnePrunesUntilItsTermIsOver() {
        SqlArchive one = new SqlArchive(database, "node-1");
        SqlArchive other = new SqlArchive(database, "node-2");
        Duration term = Duration.ofMinutes(30);

        assertThat(one.takeDuty(term, NOON)).isTrue();
        assertThat(one.takeDuty(term, NOON.plusSeconds(60))).isTrue();
        assertThat(other.takeDuty(term, NOON.plusSeconds(120))).isFalse();
        assertThat(other.takeDuty(term, NOON.plus(term).plusSeconds(61))).isTrue();
        assertThat(one.takeDuty(term, NOON.plus(term).plusSeconds(62))).isFalse();
    }

    @Test
    void theAuditLogIsKeptForEverUnlessToldAndStaysVerifiable() {
        for (int day = 0; day < 10; day++) {
            clock.set(NOON.plus(Duration.ofDays(day)));
            audit.record("ops", "file.changed", "file " + day, "");
        }
        audit.seal(100);
        prune(Optional.empty());
        assertThat(audit.anchor().sequence()).isZero();

        prune(Optional.of(Duration.ofDays(5)));
        audit.seal(100);

        assertThat(audit.anchor().sequence()).isEqualTo(4);
        assertThat(audit.entriesAfter(0, 100))
                .first()
                .satisfies(entry -> assertThat(entry.sequence()).isEqualTo(5));
        assertThat(audit.entry(11).orElseThrow().entry().subject()).isEqualTo("entries up to 4");
        assertThat(new ChainVerifier(audit).verify(Optional.of(audit.head())))
                .satisfies(
                        found -> assertThat(found.intact()).as(found.finding()).isTrue());
    }

    private void prune(Optional<Duration> auditAge) {
        new Pruner(new SqlArchive(database, "node-1"), new RetentionRule(DETAIL, HISTORY, auditAge), clock).prune();
    }

    /** A request that was patched at once; every run has a note, a change and a scan. */
    private RequestId patch(Instant at, String... servers) {
        PatchRequest request = Samples.request(servers);
        ledger.accept(request, Optional.empty());
        ledger.claimDue("node", servers.length, Duration.ofMinutes(1), at).forEach(claim -> end(claim, at));
        return request.id();
    }

    private void end(Claim claim, Instant at) {
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(
                claim,
                Transition.to(RunState.SUCCEEDED, run, run.memory(), at, "verified")
                        .recording(List.of(Samples.change(1, Outcome.INSTALLED, "")))
                        .keeping(Samples.scan(at)),
                at);
    }

    private List<RunReport> runs(RequestId request) {
        return history.runs(request, Optional.empty(), 100).entries();
    }

    private int rows(String table) {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }
}
