package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchway.faults.Survives;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.MailOutbox.PendingMail;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunMemory;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.UnreadableRun;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the run ledger promises to the steps of a run, on every database. */
abstract class StepsContract extends LedgerContract {
    @Test
    void theNextStepFindsEverythingThatTheLastOneCommitted() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        Instant deadline = NOON.plus(Duration.ofHours(1));
        ledger.commit(
                claimOf(run),
                Transition.to(RunState.INSTALLING, run, Samples.memory(), NOON, "installing")
                        .inRound(2)
                        .endingBy(deadline)
                        .notBefore(NOON.plusSeconds(5)),
                NOON.plusSeconds(1));

        ServerRun next = claimOne(NOON.plusSeconds(5));

        assertThat(next.state()).isEqualTo(RunState.INSTALLING);
        assertThat(next.round()).isEqualTo(2);
        assertThat(next.deadline()).contains(deadline);
        assertThat(next.stateSince()).isEqualTo(NOON.plusSeconds(1));
        assertThat(next.memory()).isEqualTo(Samples.memory());
        assertThat(next.request()).isEqualTo(run.request());
        assertThat(next.operation().value()).isEqualTo(run.id() + "-2");
    }

    @Test
    void lookingAgainDoesNotChangeSinceWhenTheStateLasts() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        ledger.commit(claimOf(run), Transition.to(RunState.SCANNING, run, run.memory(), NOON, "scanning"), NOON);
        ServerRun scanning = claimOne(NOON.plusSeconds(1));
        ledger.commit(
                claimOf(scanning),
                Transition.again(scanning, scanning.memory(), NOON, Duration.ofSeconds(9)),
                NOON.plusSeconds(2));

        assertThat(claimOne(NOON.plusSeconds(9)).stateSince()).isEqualTo(NOON);
    }

    @Test
    void stepsThatEndAtTheSameMomentAreAllCommitted() throws Exception {
        int servers = 60;
        ledger.accept(Samples.request(names(servers)), Optional.empty());
        List<Claim> claims = ledger.claimDue("node", servers, LEASE, NOON);

        List<Boolean> committed = atOnce(servers, number -> {
            ServerRun run = ledger.load(claims.get(number)).orElseThrow();
            Claim claim = number == 7 ? new Claim(run.id(), 99) : claims.get(number);
            return ledger.commit(claim, Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "started"), NOON);
        });

        assertThat(committed).filteredOn(done -> done).hasSize(servers - 1);
        assertThat(committed.get(7)).as("the one that was lost").isFalse();
        assertThat(ledger.claimDue("node", servers, LEASE, NOON)).hasSize(servers - 1);
    }

    @Test
    void onlyOneRunWorksOnAServerUntilItEnds() {
        ServerId server = new ServerId("web-01");
        ServerRun first = accepted("web-01");
        ServerRun second = accepted("web-01");

        assertThat(ledger.occupy(server, claimOf(first))).isTrue();
        assertThat(ledger.occupy(server, claimOf(first))).isTrue();
        assertThat(ledger.occupy(server, claimOf(second))).isFalse();

        end(first, RunState.SUCCEEDED);

        assertThat(ledger.occupy(server, claimOf(second))).isTrue();
        assertThat(ledger.occupy(server, claimOf(first))).as("a run that ended").isFalse();
    }

    @Test
    void ofManyRunsForOneServerExactlyOneGetsIt() throws Exception {
        ServerId server = new ServerId("web-01");
        List<ServerRun> runs =
                IntStream.range(0, 8).mapToObj(i -> accepted("web-01")).toList();

        List<Boolean> answers = atOnce(8, i -> ledger.occupy(server, claimOf(runs.get(i))));

        assertThat(answers).containsOnlyOnce(true);
    }

    @Test
    void theLastRunThatEndsEndsTheRequestAndPromisesTheVerdict() {
        PatchRequest request = Samples.request("web-01", "web-02");
        ledger.accept(request, Optional.empty());
        sendConfirmation();
        List<ServerRun> runs = claimAllRuns();

        end(runs.get(0), RunState.SUCCEEDED);
        assertThat(ledger.report(request.id()).orElseThrow().endedAt()).isEmpty();
        assertThat(outbox.claimDue(10, LEASE, NOON)).isEmpty();

        end(runs.get(1), RunState.FAILED);
        assertThat(ledger.report(request.id()).orElseThrow().endedAt()).contains(NOON);
        assertThat(outbox.claimDue(10, LEASE, NOON))
                .singleElement()
                .satisfies(mail -> assertThat(mail.kind()).isEqualTo(Kind.VERDICT));
        assertThat(ledger.nextDue()).isEmpty();
    }

    @Test
    void runsThatEndAtTheSameMomentPromiseOneVerdict() throws Exception {
        ledger.accept(Samples.request(names(16)), Optional.empty());
        sendConfirmation();
        List<ServerRun> runs = claimAllRuns();

        List<Boolean> ended = atOnce(16, i -> end(runs.get(i), RunState.SUCCEEDED));

        assertThat(ended).containsOnly(true);
        assertThat(outbox.claimDue(10, LEASE, NOON))
                .extracting(PendingMail::kind)
                .containsExactly(Kind.VERDICT);
    }

    @Test
    @Survives(23)
    void textFromServersCannotBreakTheLedger() {
        ServerRun run = accepted("web-01");
        String hostile =
                "bad\u0000\u001b[31m\r\nline\uD800\u202e\u009b '; drop table server_run; --" + "x".repeat(9000);
        RunMemory memory = RunMemory.fresh().failedAttempt(hostile);
        ledger.commit(
                claimOf(run),
                Transition.to(RunState.FAILED, run, memory, NOON, hostile)
                        .recording(List.of(Samples.change(1, Outcome.FAILED, hostile))),
                NOON);

        RunReport report =
                ledger.report(run.request().id()).orElseThrow().runs().get(0);

        assertThat(report.notes().get(0).text())
                .startsWith("bad\uFFFD\uFFFD[31m\nline\uFFFD\uFFFD\uFFFD '; drop table server_run; --xxx")
                .hasSize(4000)
                .endsWith("x…");
        assertThat(report.changes().get(0).reason())
                .isEqualTo(report.lastError().orElseThrow());
    }

    @Test
    void aRunWhoseMemoryIsDamagedIsToldAndEndsUnknownWithTheReason() {
        ServerRun run = accepted("web-01");
        assertThat(ledger.occupy(run.server(), claimOf(run))).isTrue();
        database.inTransaction(handle -> handle.execute("update server_run set memory = '{\"plan\": 5'"));

        assertThatExceptionOfType(UnreadableRun.class)
                .isThrownBy(() -> ledger.load(claimOf(run)))
                .withMessageContaining(run.id().toString());
        assertThat(ledger.abandon(claimOf(run), "damaged", NOON)).isTrue();

        assertThat(ledger.abandon(claimOf(run), "damaged", NOON)).isFalse();
        RequestReport report = ledger.report(run.request().id()).orElseThrow();
        assertThat(report.endedAt()).contains(NOON);
        assertThat(report.runs().get(0).state()).isEqualTo(RunState.UNKNOWN);
        assertThat(report.runs().get(0).notes()).extracting(RunNote::text).containsExactly("damaged");
        assertThat(ledger.occupy(run.server(), claimOf(accepted("web-01")))).isTrue();
    }
}
