package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.SettableClock;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.PatchNotice;
import io.patchway.baseline.PatchState;
import io.patchway.compliance.ScanSummary;
import io.patchway.patch.PackageVersion;
import io.patchway.run.BadCursorException;
import io.patchway.run.Operation;
import io.patchway.run.Page;
import io.patchway.run.Pruner;
import io.patchway.run.RebootOption;
import io.patchway.run.RetentionRule;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.ServerStanding.PatchedPackage;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What scans said of servers, on every database. */
abstract class ComplianceRecordsContract extends StoreContract {
    private static final ServerId WEB = new ServerId("web-01");
    private static final ServerId DB = new ServerId("db-01");
    private static final UUID SNAPSHOT = UUID.fromString("521c3536-930c-4aa9-950e-01234567abcd");
    private static final ServerStanding STANDING = new ServerStanding(
            "boot-1",
            Set.of(Samples.OPENSSL),
            Set.of(new PatchedPackage(
                    Samples.OPENSSL,
                    PackageVersion.rpm("1:3.0.7-28.el9"),
                    Optional.of(new PatchNotice("Security", "Important", true, ComplianceLevel.HIGH)),
                    true)));

    private SqlRunLedger ledger;
    private SqlComplianceRecords records;

    @BeforeEach
    void openRecords() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        records = new SqlComplianceRecords(database);
    }

    @Test
    void aScanIsKeptInFigures() {
        scan(WEB, NOON, occasion(Operation.INSTALL, RebootOption.NEVER, false));

        ScanSummary summary = records.inForce(WEB).orElseThrow();

        assertThat(summary.server()).isEqualTo(WEB);
        assertThat(summary.takenAt()).isEqualTo(NOON);
        assertThat(summary.operation()).isEqualTo(Operation.INSTALL);
        assertThat(summary.rebootOption()).isEqualTo(RebootOption.NEVER);
        assertThat(summary.snapshot()).contains(SNAPSHOT);
        assertThat(summary.patchGroup()).contains("Web Servers");
        assertThat(summary.installList()).contains("https://files.example.org/list.yaml");
        assertThat(summary.baseline()).isEqualTo("web-baseline");
        assertThat(summary.version()).isEqualTo(Samples.scan(NOON).version());
        assertThat(summary.counts().counts()).containsEntry(PatchState.MISSING, 1);
        assertThat(summary.counts().critical()).isOne();
        assertThat(summary.counts().wrong()).containsEntry(ComplianceLevel.CRITICAL, 1);
        assertThat(summary.lastUnrebooted()).contains(NOON);
        assertThat(records.details(summary.scan()).orElseThrow().scan().installed())
                .hasSize(1);
    }

    @Test
    void theNewestScanIsInForceAndTheOthersAreKept() {
        for (int day = 0; day < 5; day++) {
            scan(WEB, NOON.plus(Duration.ofDays(day)), occasion(Operation.SCAN, RebootOption.IF_NEEDED, false));
        }
        scan(DB, NOON, occasion(Operation.SCAN, RebootOption.IF_NEEDED, false));

        assertThat(records.inForce(List.of(WEB, DB, new ServerId("never-01"))))
                .extracting(ScanSummary::server)
                .containsExactlyInAnyOrder(WEB, DB);
        assertThat(records.inForce(WEB).orElseThrow().takenAt()).isEqualTo(NOON.plus(Duration.ofDays(4)));
        Page<ScanSummary> newest = records.history(WEB, Optional.empty(), 3);
        Page<ScanSummary> rest = records.history(WEB, newest.next(), 3);
        assertThat(newest.entries()).extracting(ScanSummary::takenAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(newest.entries()).hasSize(3);
        assertThat(rest.entries()).hasSize(2);
        assertThat(rest.next()).isEmpty();
        long oldest = rest.entries().getLast().scan();
        assertThat(records.find(WEB, oldest).orElseThrow().takenAt()).isEqualTo(NOON);
        assertThat(records.find(DB, oldest)).isEmpty();
        assertThatThrownBy(() -> records.history(WEB, Optional.of("x"), 3)).isInstanceOf(BadCursorException.class);
    }

    @Test
    void aScanUnderAnotherBaselineIsKeptButNotInForce() {
        scan(WEB, NOON, occasion(Operation.SCAN, RebootOption.IF_NEEDED, false));
        scan(WEB, NOON.plusSeconds(60), occasion(Operation.SCAN, RebootOption.IF_NEEDED, true));

        assertThat(records.inForce(WEB).orElseThrow().takenAt()).isEqualTo(NOON);
        assertThat(records.history(WEB, Optional.empty(), 10).entries()).hasSize(2);
    }

    @Test
    void aServerWhoseScanInForceSaysSoIsDueForAReboot() {
        scan(WEB, NOON, occasion(Operation.SCAN, RebootOption.IF_NEEDED, false));

        assertThat(Samples.scan(NOON).scan().rebootNeeded()).isTrue();
        assertThat(records.rebootDue(List.of(WEB, DB))).containsExactly(WEB);
        assertThat(records.rebootDue(List.of())).isEmpty();
    }

    @Test
    void whatIsKnownOfAServerIsThereForItsNextRun() {
        assertThat(ledger.standing(WEB)).isEqualTo(ServerStanding.UNKNOWN);

        scan(WEB, NOON, occasion(Operation.INSTALL, RebootOption.NEVER, true));

        assertThat(ledger.standing(WEB)).isEqualTo(STANDING);
        assertThat(records.inForce(WEB)).isEmpty();
    }

    @Test
    void retentionLeavesTheScanInForce() {
        scan(WEB, NOON, occasion(Operation.SCAN, RebootOption.IF_NEEDED, false));
        scan(WEB, NOON.plusSeconds(60), occasion(Operation.SCAN, RebootOption.IF_NEEDED, false));
        SettableClock later = new SettableClock(NOON.plus(Duration.ofDays(1000)));
        RetentionRule rule = new RetentionRule(Duration.ofDays(90), Duration.ofDays(730), Optional.empty());

        new Pruner(new SqlArchive(database, "node-1"), rule, later).prune();

        ScanSummary inForce = records.inForce(WEB).orElseThrow();
        assertThat(inForce.takenAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(inForce.run()).isEmpty();
        assertThat(records.history(WEB, Optional.empty(), 10).entries()).containsExactly(inForce);
        assertThat(records.details(inForce.scan())).isPresent();
    }

    private static ScanOccasion occasion(Operation operation, RebootOption rebootOption, boolean otherBaseline) {
        return new ScanOccasion(
                operation,
                rebootOption,
                Optional.of(SNAPSHOT),
                Optional.of("Web Servers"),
                Optional.of("https://files.example.org/list.yaml"),
                otherBaseline,
                STANDING);
    }

    private void scan(ServerId server, Instant at, ScanOccasion occasion) {
        ledger.accept(Samples.request(server.value()), Optional.empty());
        for (Claim claim : ledger.claimDue("node-1", 1, Duration.ofMinutes(1), at)) {
            ServerRun run = ledger.load(claim).orElseThrow();
            ScanRecord sample = Samples.scan(at);
            ScanRecord scan = new ScanRecord(
                    sample.scan(), sample.baseline(), sample.version(), sample.evaluation(), Optional.of(occasion));
            ledger.commit(
                    claim,
                    Transition.to(RunState.SUCCEEDED, run, run.memory(), at, "verified")
                            .keeping(scan),
                    at);
        }
    }
}
