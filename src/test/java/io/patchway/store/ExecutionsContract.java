package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.ExecutionNumber;
import io.patchway.run.ExecutionStanding;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunLedger.QueuedRun;
import io.patchway.run.RunState;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.Transition;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those see who follow server runs one by one, on every database. */
abstract class ExecutionsContract extends StoreContract {
    private static final String NODE = "node-1";
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final ServerId WEB_01 = new ServerId("web-01");
    private static final ServerId WEB_02 = new ServerId("web-02");

    private SqlRunLedger ledger;
    private SqlExecutions executions;

    @BeforeEach
    void openStore() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        executions = new SqlExecutions(database);
    }

    private QueuedRun accept(String... servers) {
        return ledger.accept(Samples.request(servers), Optional.empty()).runs().getFirst();
    }

    private ServerRun claimed() {
        return ledger.load(ledger.claimDue(NODE, 1, LEASE, NOON).getFirst()).orElseThrow();
    }

    private void commit(ServerRun run, Transition transition) {
        assertThat(ledger.commit(new Claim(run.id(), run.fence()), transition, NOON))
                .isTrue();
    }

    private ExecutionStanding standing(QueuedRun run) {
        return executions.find(run.number()).orElseThrow();
    }

    @Test
    void aRunIsFoundByItsNumberAsItStands() {
        QueuedRun queued = accept("web-01");
        ServerRun run = claimed();
        commit(
                run,
                Transition.to(RunState.INSTALLING, run, Samples.memory(), NOON, "installs")
                        .inRound(2));

        assertThat(standing(queued))
                .isEqualTo(new ExecutionStanding(
                        queued.number(),
                        queued.run(),
                        run.request().id(),
                        WEB_01,
                        Operation.INSTALL,
                        RunState.INSTALLING,
                        2,
                        5,
                        2,
                        false,
                        false,
                        "Jürgen Müller",
                        NOON,
                        Optional.of(NOON),
                        Optional.empty(),
                        Optional.of("dnf said \"no\""),
                        Optional.of("installs")));
        assertThat(executions.find(new ExecutionNumber(1))).isEmpty();
    }

    @Test
    void theLastLineOfTheTimeLineCounts() {
        QueuedRun queued = accept("web-01");
        ServerRun run = claimed();
        commit(run, Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "started"));
        ServerRun next = claimed();
        commit(next, Transition.to(RunState.FAILED, next, next.memory(), NOON, "UNREACHABLE: gone"));

        assertThat(standing(queued).lastNote()).contains("UNREACHABLE: gone");
        assertThat(standing(queued).endedAt()).contains(NOON);
    }

    @Test
    void aRunUnderWayIsResumedAfterItsNodeStoppedUntilItMovesOn() {
        QueuedRun queued = accept("web-01");
        ServerRun run = claimed();
        commit(run, Transition.to(RunState.SCANNING, run, run.memory(), NOON, "scans"));
        claimed();
        assertThat(standing(queued).resumed()).isFalse();

        ledger.giveBackAll(NODE, NOON.plus(1, ChronoUnit.SECONDS));
        assertThat(standing(queued).resumed()).isTrue();

        ServerRun again = ledger.load(
                        ledger.claimDue(NODE, 1, LEASE, NOON.plusSeconds(2)).getFirst())
                .orElseThrow();
        ledger.commit(
                new Claim(again.id(), again.fence()),
                Transition.to(RunState.INSTALLING, again, again.memory(), NOON, "installs"),
                NOON.plusSeconds(3));
        assertThat(standing(queued).resumed()).isFalse();
    }

    @Test
    void aServerIsBeingPatchedFromTheRequestToTheEndHoweverManyAreAskedFor() {
        accept("web-01");
        List<ServerId> few = List.of(WEB_01, WEB_02);
        List<ServerId> many = Stream.concat(
                        few.stream(), IntStream.range(0, 700).mapToObj(number -> new ServerId("node-" + number)))
                .toList();
        assertThat(executions.beingPatched(few)).containsExactly(WEB_01);
        assertThat(executions.beingPatched(many)).containsExactly(WEB_01);
        assertThat(executions.beingPatched(List.of())).isEmpty();

        ServerRun run = claimed();
        commit(run, Transition.to(RunState.SUCCEEDED, run, run.memory(), NOON, "verified"));
        assertThat(executions.beingPatched(few)).isEmpty();
        assertThat(executions.beingPatched(many)).isEmpty();
    }

    @Test
    void whatTheNewestScanFoundAServerToRunIsKnown() {
        accept("web-01");
        ServerRun run = claimed();
        ScanOccasion occasion = new ScanOccasion(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                ServerStanding.UNKNOWN);
        ScanRecord scan = Samples.scan(NOON);
        ScanRecord kept =
                new ScanRecord(scan.scan(), scan.baseline(), scan.version(), scan.evaluation(), Optional.of(occasion));
        commit(
                run,
                Transition.to(RunState.INSTALLING, run, run.memory(), NOON, "scanned")
                        .keeping(kept));

        assertThat(new SqlServerSystems(database).ofScanned(Set.of(WEB_01, WEB_02)))
                .isEqualTo(Map.of(WEB_01, Optional.of(OperatingSystem.ROCKY_LINUX)));
    }
}
