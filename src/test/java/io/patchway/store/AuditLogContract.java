package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.audit.AuditEntry;
import io.patchway.audit.ChainHead;
import io.patchway.audit.ChainVerifier;
import io.patchway.audit.SealedEntry;
import io.patchway.audit.Verification;
import io.patchway.run.PatchRequest;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit log promises, on every database. */
abstract class AuditLogContract extends StoreContract {
    private static final int ENTRIES = 10;

    private SqlAuditLog audit;

    @BeforeEach
    void openAuditLog() {
        audit = new SqlAuditLog(database, "node-7", Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Test
    void whatWasRecordedIsSealedInOrderWithEveryField() {
        audit.record("ops", "request.paused", "request 1", "because\u0000 of \u001b[31mlunch");
        audit.record("ops", "request.resumed", "request 1", "");

        assertThat(audit.seal(10)).isEqualTo(2);
        assertThat(audit.seal(10)).isZero();

        List<SealedEntry> entries = audit.entriesAfter(0, 10);
        assertThat(entries).extracting(SealedEntry::sequence).containsExactly(1L, 2L);
        AuditEntry first = entries.get(0).entry();
        assertThat(first.at()).isEqualTo(NOON);
        assertThat(first.node()).isEqualTo("node-7");
        assertThat(first.actor()).isEqualTo("ops");
        assertThat(first.action()).isEqualTo("request.paused");
        assertThat(first.subject()).isEqualTo("request 1");
        assertThat(first.detail()).isEqualTo("because\uFFFD of \uFFFD[31mlunch");
        assertThat(entries.get(1).previousHash()).isEqualTo(entries.get(0).hash());
        assertThat(audit.head()).isEqualTo(entries.get(1).head());
        assertThat(audit.entriesAfter(1, 10)).containsExactly(entries.get(1));
    }

    @Test
    void aRequestItsDuplicateAndEveryMoveOfItsRunsAreRecordedWithTheChangeItself() {
        RunLedger ledger = new SqlRunLedger(database, "patch.example.org", List.of(), "node-7");
        PatchRequest request = Samples.request("web-01");
        ledger.accept(request, Optional.of("sha256:abc"));
        ledger.accept(Samples.request("web-01"), Optional.of("sha256:abc"));
        step(ledger, RunState.PRECHECK, "the server is free");
        step(ledger, RunState.SUCCEEDED, "nothing is missing");

        audit.seal(10);

        List<AuditEntry> entries =
                audit.entriesAfter(0, 10).stream().map(SealedEntry::entry).toList();
        assertThat(entries)
                .extracting(AuditEntry::action)
                .containsExactly("request.accepted", "request.duplicate", "run.moved", "run.moved");
        assertThat(entries.get(0).actor()).isEqualTo("Jürgen Müller");
        assertThat(entries.get(1).subject()).isEqualTo("request " + request.id());
        assertThat(entries.get(3).detail())
                .isEqualTo("web-01 of request " + request.id() + ": SUCCEEDED in round 0: nothing is missing");
    }

    @Test
    void aStepWhoseClaimWasLostLeavesNoEntry() {
        RunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        ledger.accept(Samples.request("web-01"), Optional.empty());
        Claim claim = ledger.claimDue("node", 1, Duration.ofMinutes(1), NOON).get(0);
        ServerRun run = ledger.load(claim).orElseThrow();
        Claim lost = new Claim(claim.run(), claim.fence() - 1);

        ledger.commit(lost, Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "late"), NOON);

        assertThat(audit.seal(10)).as("the acceptance alone").isEqualTo(1);
    }

    @Test
    void anUntouchedChainIsIntact() {
        fill();

        Verification found = verify(Optional.of(audit.head()));

        assertThat(found.intact()).as(found.finding()).isTrue();
        assertThat(found.entries()).isEqualTo(ENTRIES);
        assertThat(found.head()).isEqualTo(audit.head());
    }

    @Test
    void anEntryThatWasChangedIsNamed() {
        fill();
        tamper("update audit_entry set detail = 'nothing happened' where sequence = 4");

        assertBroken(4, "entry 4 was changed");
    }

    @Test
    void anEntryThatWasRemovedIsNamed() {
        fill();
        tamper("delete from audit_entry where sequence = 4");

        assertBroken(4, "entry 4 was removed");
    }

    @Test
    void anEntryThatWasRemovedAndCoveredUpByRenumberingIsNamed() {
        fill();
        tamper("delete from audit_entry where sequence = 4");
        LongStream.rangeClosed(5, ENTRIES)
                .forEach(sequence -> tamper(
                        "update audit_entry set sequence = " + (sequence - 1) + " where sequence = " + sequence));

        assertBroken(4, "entry 4 does not follow the one before it");
    }

    @Test
    void anEntryThatWasInsertedIsNamed() {
        fill();
        LongStream.iterate(ENTRIES, sequence -> sequence >= 5, sequence -> sequence - 1)
                .forEach(sequence -> tamper(
                        "update audit_entry set sequence = " + (sequence + 1) + " where sequence = " + sequence));
        tamper("insert into audit_entry (sequence, id, recorded_at, node, actor, action, subject, detail,"
                + " previous_hash, hash) select 5, id, recorded_at, node, 'mallory', action, subject, detail,"
                + " hash, previous_hash from audit_entry where sequence = 4");

        assertBroken(5, "entry 5 was changed");
    }

    @Test
    void entriesThatChangedPlacesAreNamed() {
        fill();
        tamper("update audit_entry set sequence = 99 where sequence = 3");
        tamper("update audit_entry set sequence = 3 where sequence = 7");
        tamper("update audit_entry set sequence = 7 where sequence = 99");

        assertBroken(3, "entry 3 does not follow the one before it");
    }

    @Test
    void anEndThatWasCutOffIsNoticedByTheDatabasesNoteAndByTheOneOutside() {
        fill();
        ChainHead witness = audit.head();
        tamper("delete from audit_entry where sequence > 7");
        assertThat(verify(Optional.empty()).finding()).contains("entries 8 to 10 were removed from the end");

        SealedEntry seventh = audit.entry(7).orElseThrow();
        tamper("update audit_chain set head_sequence = 7, head_hash = '" + seventh.hash() + "'");

        assertThat(verify(Optional.empty()).intact())
                .as("all notes inside the database were changed, too")
                .isTrue();
        assertThat(verify(Optional.of(witness)).brokenAt()).hasValue(8);
    }

    @Test
    void anEndThatWasWrittenAnewIsNoticedByTheNoteOutside() {
        fill();
        ChainHead witness = audit.head();
        SealedEntry seventh = audit.entry(7).orElseThrow();
        tamper("delete from audit_entry where sequence > 7");
        tamper("update audit_chain set head_sequence = 7, head_hash = '" + seventh.hash() + "'");
        IntStream.range(0, 5).forEach(number -> audit.record("mallory", "file.changed", "file " + number, ""));
        audit.seal(10);

        Verification found = verify(Optional.of(witness));

        assertThat(found.brokenAt()).hasValue(10);
        assertThat(found.finding()).contains("entry 10 is not the one whose hash was noted outside the database");
    }

    @Test
    void severalSealersAtOnceMakeOneChain() throws Exception {
        int each = 60;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> work = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                work.add(threads.submit(recording(each)));
                work.add(threads.submit(sealing(each)));
            }
            for (Future<Integer> part : work) {
                part.get();
            }
        }
        audit.seal(10 * each);

        Verification found = verify(Optional.empty());
        assertThat(found.intact()).as(found.finding()).isTrue();
        assertThat(found.entries()).isEqualTo(2 * each);
    }

    @Test
    void whatDiffersFromTheLastStartIsRecordedItemByItem() {
        SqlConfigurationHistory history =
                new SqlConfigurationHistory(database, "node-7", Clock.fixed(NOON, ZoneOffset.UTC));
        history.compare(Map.of("file config/a", "1", "file config/b", "1", "file config/c", "1"));
        audit.seal(10);

        int changes = history.compare(Map.of("file config/a", "1", "file config/b", "2", "file config/d", "1"));

        assertThat(changes).isEqualTo(3);
        audit.seal(10);
        assertThat(audit.entriesAfter(3, 10))
                .extracting(SealedEntry::entry)
                .extracting(entry -> entry.action() + " " + entry.subject() + ": " + entry.detail())
                .containsExactly(
                        "configuration.changed file config/b: 2, was 1",
                        "configuration.removed file config/c: was 1",
                        "configuration.added file config/d: 1");
    }

    private Callable<Integer> recording(int count) {
        return () -> {
            IntStream.range(0, count).forEach(number -> audit.record("ops", "request.paused", "request " + number, ""));
            return count;
        };
    }

    private Callable<Integer> sealing(int times) {
        return () -> IntStream.range(0, times).map(time -> audit.seal(7)).sum();
    }

    private void fill() {
        IntStream.range(0, ENTRIES)
                .forEach(number -> audit.record("ops", "file.changed", "file " + number, "sha256:" + number));
        audit.seal(ENTRIES);
    }

    private void tamper(String sql) {
        database.inTransaction(handle -> handle.execute(sql));
    }

    private Verification verify(Optional<ChainHead> witness) {
        return new ChainVerifier(audit).verify(witness);
    }

    private void assertBroken(long sequence, String finding) {
        Verification found = verify(Optional.of(audit.head()));
        assertThat(found.brokenAt()).hasValue(sequence);
        assertThat(found.finding()).contains(finding);
    }

    private static void step(RunLedger ledger, RunState next, String note) {
        Claim claim = ledger.claimDue("node", 1, Duration.ofMinutes(1), NOON).get(0);
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(claim, Transition.to(next, run, run.memory(), NOON, note), NOON);
    }
}
