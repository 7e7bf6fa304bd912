package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.HandOver;
import io.patchway.run.History;
import io.patchway.run.HookOccasion;
import io.patchway.run.InstallPlan;
import io.patchway.run.MailOutbox;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.MailOutbox.PendingMail;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchOverride.InstallList;
import io.patchway.run.PatchOverride.ListedPatch;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RemoteSite;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunId;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Acceptance;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunLedger.QueuedRun;
import io.patchway.run.RunMemory;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.SpecialOrders;
import io.patchway.run.Transition;
import io.patchway.run.UnreadableRun;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the run ledger promises, on every database. */
abstract class RunLedgerContract extends StoreContract {
    private static final Duration LEASE = Duration.ofMinutes(2);

    private RunLedger ledger;
    private MailOutbox outbox;

    @BeforeEach
    void openLedger() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        outbox = new SqlMailOutbox(database, "node");
    }

    @Test
    void anAcceptedRequestHasOneQueuedRunForEachServerInOrder() {
        PatchRequest request = Samples.request("web-02", "web-01", "db-01");

        Acceptance acceptance = ledger.accept(request, Optional.empty());

        assertThat(acceptance.request()).isEqualTo(request.id());
        assertThat(acceptance.duplicate()).isFalse();
        assertThat(acceptance.runs())
                .extracting(run -> run.server().value())
                .containsExactly("web-02", "web-01", "db-01");
        RequestReport report = ledger.report(request.id()).orElseThrow();
        assertThat(report.request()).isEqualTo(request);
        assertThat(report.endedAt()).isEmpty();
        assertThat(report.runs()).extracting(RunReport::state).containsOnly(RunState.QUEUED);
    }

    @Test
    void everyRunHasANumberOfItsOwnThatGrowsAndFindsIt() {
        History history = new SqlHistory(database);
        List<QueuedRun> earlier = ledger.accept(Samples.request("web-01", "web-02"), Optional.of("print"))
                .runs();
        Acceptance later = ledger.accept(Samples.request("web-01"), Optional.empty());
        QueuedRun last = later.runs().getFirst();

        assertThat(Stream.concat(earlier.stream(), later.runs().stream()).map(QueuedRun::number))
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(number -> number.value() > 100_000);
        assertThat(ledger.findByFingerprint("print").orElseThrow().runs()).isEqualTo(earlier);
        assertThat(ledger.report(later.request())
                        .orElseThrow()
                        .runs()
                        .getFirst()
                        .number())
                .isEqualTo(last.number());
        History.ServerHistory found = history.run(last.number()).orElseThrow();
        assertThat(found.request()).isEqualTo(later.request());
        assertThat(found.run().id()).isEqualTo(last.run());
        assertThat(history.run(new ExecutionNumber(1))).isEmpty();
        assertThat(history.installs(new ServerId("web-01"), Optional.empty(), 10)
                        .entries())
                .extracting(each -> each.run().number())
                .containsExactly(last.number(), earlier.getFirst().number());
        assertThat(history.installs(new ServerId("web-01"), Optional.empty(), 1).entries())
                .containsExactly(found);
    }

    @Test
    void aRequestWithNothingOptionalComesBackAsItWas() {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                Operation.SCAN,
                RebootOption.NEVER,
                1,
                "api",
                "ops",
                List.of(new ServerId("web-01")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                NOON);

        ledger.accept(request, Optional.empty());

        assertThat(ledger.report(request.id()).orElseThrow().request()).isEqualTo(request);
    }

    @Test
    void whatOnlyACommandCanSayComesBackAsItWas() {
        PatchOverride list = new InstallList("https://files/list", List.of(new ListedPatch("curl.*", "*")));
        Map<HookOccasion, String> hooks = Map.of(HookOccasion.PRE_INSTALL, "drain", HookOccasion.ON_EXIT, "rejoin");

        assertThat(kept(new SpecialOrders(Optional.of(list), Optional.of("{}"), hooks)))
                .isEqualTo(new SpecialOrders(Optional.of(list), Optional.of("{}"), hooks));
        assertThat(kept(new SpecialOrders(Optional.empty(), Optional.empty(), hooks)))
                .isEqualTo(new SpecialOrders(Optional.empty(), Optional.empty(), hooks));
        assertThat(kept(SpecialOrders.NONE.orMaintenance(true)))
                .isEqualTo(new SpecialOrders(Optional.empty(), Optional.empty(), Map.of(), true));
    }

    private SpecialOrders kept(SpecialOrders special) {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.NEVER,
                1,
                "api",
                "ops",
                List.of(new ServerId("web-01")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                special,
                NOON);
        ledger.accept(request, Optional.empty());
        return ledger.report(request.id()).orElseThrow().request().special();
    }

    @Test
    void aRequestWithoutServersIsRefused() {
        assertThatThrownBy(() -> ledger.accept(Samples.request(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one server");
    }

    @Test
    void aRequestThatNamesAServerTwiceLeavesNothingBehind() {
        PatchRequest request = Samples.request("web-01", "web-01");

        assertThatThrownBy(() -> ledger.accept(request, Optional.empty())).isNotNull();

        assertThat(ledger.report(request.id())).isEmpty();
        assertThat(outbox.claimDue(10, LEASE, NOON)).isEmpty();
    }

    @Test
    void theSameFingerprintTwiceIsOneRequest() {
        Acceptance first = ledger.accept(Samples.request("web-01", "web-02"), Optional.of("sha256:abc"));
        Acceptance second = ledger.accept(Samples.request("web-01", "web-02"), Optional.of("sha256:abc"));

        assertThat(second).isEqualTo(new Acceptance(first.request(), first.runs(), true));
        assertThat(ledger.findByFingerprint("sha256:abc")).contains(second);
        assertThat(ledger.findByFingerprint("sha256:def")).isEmpty();
        assertThat(ledger.newest(10)).hasSize(1);
        assertThat(outbox.claimDue(10, LEASE, NOON)).hasSize(1);
    }

    @Test
    void manySendersOfOneFingerprintGetOneRequest() throws Exception {
        List<Acceptance> acceptances =
                atOnce(8, node -> ledger.accept(Samples.request("web-01"), Optional.of("sha256:race")));

        assertThat(acceptances)
                .extracting(Acceptance::request)
                .containsOnly(acceptances.get(0).request());
        assertThat(acceptances)
                .filteredOn(acceptance -> !acceptance.duplicate())
                .hasSize(1);
        assertThat(ledger.newest(10)).hasSize(1);
    }

    @Test
    @Survives(11)
    void nodesThatClaimTogetherNeverGetTheSameRun() throws Exception {
        int servers = 300;
        ledger.accept(Samples.request(names(servers)), Optional.empty());

        List<List<Claim>> claims = atOnce(6, node -> claimAll("node-" + node));

        List<Claim> all = claims.stream().flatMap(List::stream).toList();
        assertThat(all).extracting(Claim::run).doesNotHaveDuplicates().hasSize(servers);
        assertThat(all).extracting(Claim::fence).containsOnly(1L);
    }

    private List<Claim> claimAll(String node) {
        List<Claim> mine = new ArrayList<>();
        while (ledger.nextDue().filter(due -> !due.isAfter(NOON)).isPresent()) {
            mine.addAll(ledger.claimDue(node, 7, LEASE, NOON));
        }
        return mine;
    }

    @Test
    void theLongestDueIsClaimedFirstAndNoMoreThanThereArePlaces() {
        ledger.accept(Samples.request("web-01", "web-02", "web-03"), Optional.empty());
        for (Claim claim : ledger.claimDue("node", 3, LEASE, NOON)) {
            ServerRun run = ledger.load(claim).orElseThrow();
            int place = run.server().value().charAt(5) - '0';
            ledger.commit(claim, Transition.again(run, RunMemory.fresh(), NOON, Duration.ofMinutes(9 - place)), NOON);
        }

        Instant later = NOON.plus(Duration.ofHours(1));
        assertThat(ledger.claimDue("node", 2, LEASE, later))
                .extracting(claim -> ledger.load(claim).orElseThrow().server().value())
                .containsExactly("web-03", "web-02");
        assertThat(ledger.claimDue("node", 0, LEASE, later)).isEmpty();
    }

    @Test
    void aRunIsNotDueBeforeItsTimeAndNextDueSaysWhen() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        assertThat(ledger.nextDue()).contains(NOON);
        assertThat(ledger.claimDue("node", 5, LEASE, NOON.minusMillis(1))).isEmpty();

        ServerRun run = claimOne(NOON);
        ledger.commit(claimOf(run), Transition.again(run, run.memory(), NOON, Duration.ofSeconds(30)), NOON);

        assertThat(ledger.nextDue()).contains(NOON.plusSeconds(30));
        assertThat(ledger.claimDue("node", 5, LEASE, NOON.plusSeconds(29))).isEmpty();
        assertThat(ledger.claimDue("node", 5, LEASE, NOON.plusSeconds(30))).hasSize(1);
    }

    @Test
    @Survives(11)
    void aLeaseThatRanOutIsClaimedByAnotherNodeAndTheFirstHasLost() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun paused = claimOne(NOON);
        assertThat(ledger.claimDue("other", 5, LEASE, NOON.plus(LEASE).minusMillis(1)))
                .isEmpty();

        Claim taken = ledger.claimDue("other", 5, LEASE, NOON.plus(LEASE)).get(0);

        Claim lost = claimOf(paused);
        assertThat(taken.fence()).isGreaterThan(lost.fence());
        assertThat(ledger.holds(lost)).isFalse();
        assertThat(ledger.load(lost)).isEmpty();
        Transition late = Transition.to(RunState.FAILED, paused, Samples.memory(), NOON, "too late");
        assertThat(ledger.commit(lost, late.recording(List.of(Samples.change(1, Outcome.FAILED, "x"))), NOON))
                .isFalse();
        assertThat(ledger.holds(taken)).isTrue();
        RunReport report =
                ledger.report(paused.request().id()).orElseThrow().runs().get(0);
        assertThat(report.state()).isEqualTo(RunState.QUEUED);
        assertThat(report.notes()).isEmpty();
        assertThat(report.changes()).isEmpty();
    }

    @Test
    void aRenewedLeaseHoldsLongerAndALostClaimIsPassedOver() {
        ledger.accept(Samples.request("web-01", "web-02"), Optional.empty());
        List<Claim> claims = ledger.claimDue("node", 2, LEASE, NOON);
        Claim lost = new Claim(claims.get(1).run(), claims.get(1).fence() - 1);

        ledger.renew(Set.of(claims.get(0), lost), LEASE, NOON.plusSeconds(60));

        assertThat(ledger.claimDue("other", 5, LEASE, NOON.plus(LEASE)))
                .extracting(Claim::run)
                .containsExactly(lost.run());
    }

    @Test
    void aNodeThatStartsAgainGivesBackWhatItsEarlierLifeHadAndNothingOfOthers() {
        ledger.accept(Samples.request("web-01", "web-02", "web-03"), Optional.empty());
        Claim earlier = ledger.claimDue("node", 1, LEASE, NOON).get(0);
        Claim others = ledger.claimDue("other", 1, LEASE, NOON).get(0);

        assertThat(ledger.giveBackAll("node", NOON.plusSeconds(5))).isEqualTo(1);

        assertThat(ledger.holds(others)).isTrue();
        assertThat(ledger.holds(earlier)).isFalse();
        assertThat(ledger.load(earlier)).isEmpty();
        assertThat(ledger.claimDue("node", 5, LEASE, NOON.plusSeconds(5)))
                .extracting(Claim::run)
                .contains(earlier.run())
                .doesNotContain(others.run())
                .hasSize(2);
    }

    @Test
    void whatAnEarlierLifeOfTheSameNameStillDecidesIsRefused() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        ledger.giveBackAll("node", NOON);
        Claim now = ledger.claimDue("node", 1, LEASE, NOON).get(0);

        Transition late = Transition.to(RunState.FAILED, run, run.memory(), NOON, "too late");
        assertThat(ledger.commit(claimOf(run), late, NOON)).isFalse();
        ledger.renew(Set.of(claimOf(run)), LEASE.multipliedBy(2), NOON);

        assertThat(ledger.holds(now)).isTrue();
        assertThat(ledger.claimDue("other", 1, LEASE, NOON.plus(LEASE))).hasSize(1);
    }

    @Test
    void aClaimIsTakenUpByOneNodeOnlyHoweverOftenItsTicketComes() throws Exception {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        Claim sent = ledger.claimDue("node", 1, LEASE, NOON).get(0);

        List<Optional<Claim>> taken = atOnce(6, node -> ledger.takeUp(sent, "node-" + node, LEASE, NOON));

        List<Claim> winners = taken.stream().flatMap(Optional::stream).toList();
        assertThat(winners).singleElement().satisfies(claim -> {
            assertThat(claim.fence()).isEqualTo(sent.fence() + 1);
            assertThat(ledger.holds(claim)).isTrue();
        });
        assertThat(ledger.held(Set.of(sent, winners.get(0)))).containsExactly(winners.get(0));
    }

    @Test
    void claimsThatAreGivenBackAreDueAtOnceUnlessTheyWereLost() {
        ledger.accept(Samples.request("web-01", "web-02"), Optional.empty());
        List<Claim> claims = ledger.claimDue("node", 2, LEASE, NOON);
        Claim kept = ledger.takeUp(claims.get(1), "other", LEASE, NOON).orElseThrow();

        ledger.giveBack(Set.copyOf(claims), NOON.plusSeconds(1));

        assertThat(ledger.holds(kept)).isTrue();
        assertThat(ledger.claimDue("other", 5, LEASE, NOON.plusSeconds(1)))
                .extracting(Claim::run)
                .containsExactly(claims.get(0).run());
    }

    @Test
    void whatAStepIsAboutToDoIsRememberedUnderItsClaimAndUnderNoOther() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        HandOver handOver = HandOver.planned(new UUID(1, 2), new RemoteSite.Ready(Optional.of("WA1-1"), true))
                .begun(NOON)
                .acceptedAs("wa1-2")
                .ended(RemoteSite.End.UNKNOWN);
        RunMemory memory = run.memory().planning(InstallPlan.of(handOver), Set.of());

        assertThat(ledger.remember(new Claim(run.id(), run.fence() + 1), memory))
                .isFalse();
        assertThat(ledger.remember(claimOf(run), memory)).isTrue();

        assertThat(ledger.load(claimOf(run)).orElseThrow().memory()).isEqualTo(memory);
    }

    @Test
    void aClaimThatIsKeptCountsForTheNextStepAndNobodyElseGetsTheRun() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        Transition step = Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "started");

        Claim kept =
                ledger.commitAndKeep(claimOf(run), step, "node", LEASE, NOON).orElseThrow();

        assertThat(ledger.claimDue("other", 5, LEASE, NOON)).isEmpty();
        ServerRun next = ledger.load(kept).orElseThrow();
        assertThat(next.state()).isEqualTo(RunState.PRECHECK);
        assertThat(ledger.commitAndKeep(claimOf(run), step, "node", LEASE, NOON))
                .as("the claim from before counts no more")
                .isEmpty();
        assertThat(ledger.giveBackAll("node", NOON)).isOne();
        assertThat(ledger.claimDue("other", 5, LEASE, NOON)).hasSize(1);
        assertThat(ledger.commitAndKeep(kept, step, "node", LEASE, NOON)).isEmpty();
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
    void aClaimThatWasGivenBackIsWorthNothing() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        Transition step = Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "going");

        assertThat(ledger.commit(claimOf(run), step, NOON)).isTrue();

        assertThat(ledger.holds(claimOf(run))).isFalse();
        assertThat(ledger.commit(claimOf(run), step, NOON)).isFalse();
    }

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
    void aReportTellsEverythingThatWasRecorded() {
        ServerRun run = accepted("web-01");
        ledger.commit(
                claimOf(run),
                Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "starting"),
                NOON.plusSeconds(1));
        ServerRun atWork = claimOne(NOON.plusSeconds(1));
        ledger.commit(
                claimOf(atWork),
                Transition.to(RunState.NO_PROGRESS, atWork, Samples.memory(), NOON, "stuck: ünï ✓")
                        .inRound(3)
                        .recording(List.of(
                                Samples.change(2, Outcome.FAILED, "scriptlet failed"),
                                Samples.change(1, Outcome.INSTALLED, ""))),
                NOON.plusSeconds(2));

        RequestReport report = ledger.report(run.request().id()).orElseThrow();

        assertThat(report.succeeded()).isFalse();
        assertThat(report.endedAt()).contains(NOON.plusSeconds(2));
        assertThat(report.runs())
                .containsExactly(new RunReport(
                        run.id(),
                        report.runs().getFirst().number(),
                        run.server(),
                        RunState.NO_PROGRESS,
                        3,
                        2,
                        Optional.of(NOON.plusSeconds(1)),
                        Optional.of(NOON.plusSeconds(2)),
                        Optional.of("dnf said \"no\""),
                        List.of(
                                Samples.change(1, Outcome.INSTALLED, ""),
                                Samples.change(2, Outcome.FAILED, "scriptlet failed")),
                        List.of(
                                new RunNote(NOON.plusSeconds(1), RunState.PRECHECK, 0, "starting"),
                                new RunNote(NOON.plusSeconds(2), RunState.NO_PROGRESS, 3, "stuck: ünï ✓"))));
        assertThat(ledger.report(RequestId.next())).isEmpty();
    }

    @Test
    void aLaterWordAboutTheSamePatchReplacesTheEarlierOne() {
        ServerRun run = accepted("web-01");
        Transition step = Transition.again(run, run.memory(), NOON, Duration.ZERO);
        ledger.commit(
                claimOf(run),
                step.recording(List.of(
                        Samples.change(1, Outcome.MISSING, "first"), Samples.change(1, Outcome.MISSING, "second"))),
                NOON);
        ServerRun next = claimOne(NOON);
        ledger.commit(claimOf(next), step.recording(List.of(Samples.change(1, Outcome.INSTALLED, "third"))), NOON);

        assertThat(ledger.report(run.request().id()).orElseThrow().runs().get(0).changes())
                .containsExactly(Samples.change(1, Outcome.INSTALLED, "third"));
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
    void aShortReportDescribesTheRunsThatDidNotSucceedFirst() {
        PatchRequest request = Samples.request("web-01", "web-02", "web-03");
        ledger.accept(request, Optional.empty());
        List<ServerRun> runs = claimAllRuns();
        end(runs.get(0), RunState.SUCCEEDED);
        end(runs.get(1), RunState.SUCCEEDED);
        end(runs.get(2), RunState.FAILED);

        RequestReport report = ledger.report(request.id(), 1).orElseThrow();

        assertThat(report.runs()).hasSize(3);
        assertThat(report.runs())
                .filteredOn(run -> !run.notes().isEmpty())
                .extracting(RunReport::state)
                .containsExactly(RunState.FAILED);
    }

    @Test
    @Survives(14)
    void whatEarlierRunsTookIsToldForThoseThatInstalledSomethingAndWereNotBrokenOff() {
        take("web-01", RunState.PARTIAL, Outcome.INSTALLED, 40);
        take("web-01", RunState.SUCCEEDED, Outcome.INSTALLED, 30);
        take("web-01", RunState.SUCCEEDED, Outcome.SKIPPED, 1);
        take("web-01", RunState.DEFERRED, Outcome.INSTALLED, 5);
        take("web-02", RunState.SUCCEEDED, Outcome.INSTALLED, 7);

        assertThat(ledger.installTimes(new ServerId("web-01"), 20))
                .containsExactly(Duration.ofMinutes(30), Duration.ofMinutes(40));
        assertThat(ledger.installTimes(new ServerId("web-01"), 1)).containsExactly(Duration.ofMinutes(30));
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

    @Test
    @Survives(18)
    void runsThatHaveNotEndedAreCounted() {
        ledger.accept(Samples.request("web-01", "web-02"), Optional.empty());
        end(accepted("web-03"), RunState.FAILED);

        assertThat(ledger.openRuns()).isEqualTo(2);
    }

    private void take(String server, RunState state, Outcome outcome, long minutes) {
        ServerRun run = accepted(server);
        ledger.commit(claimOf(run), Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "started"), NOON);
        ServerRun atWork = claimOne(NOON);
        ledger.commit(
                claimOf(atWork),
                Transition.to(state, atWork, atWork.memory(), NOON, "ended")
                        .recording(List.of(Samples.change(1, outcome, ""))),
                NOON.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void theNewestRequestsComeFirst() {
        List<RequestId> ids = IntStream.range(0, 3)
                .mapToObj(i -> ledger.accept(Samples.request("web-01"), Optional.empty())
                        .request())
                .toList();

        assertThat(ledger.newest(2))
                .extracting(report -> report.request().id())
                .containsExactly(ids.get(2), ids.get(1));
    }

    @Test
    @Survives(18)
    void tenThousandServersAreAcceptedAtOnce() {
        PatchRequest request = Samples.request(names(10_000));

        Acceptance acceptance = ledger.accept(request, Optional.of("sha256:large"));

        assertThat(acceptance.runs()).hasSize(10_000);
        assertThat(ledger.report(request.id()).orElseThrow().runs()).hasSize(10_000);
    }

    private ServerRun accepted(String server) {
        RunId run = ledger.accept(Samples.request(server), Optional.empty())
                .runs()
                .get(0)
                .run();
        return ledger.claimDue("node", 100, LEASE, NOON).stream()
                .filter(claim -> claim.run().equals(run))
                .flatMap(claim -> ledger.load(claim).stream())
                .findFirst()
                .orElseThrow();
    }

    private ServerRun claimOne(Instant now) {
        return ledger.load(ledger.claimDue("node", 1, LEASE, now).get(0)).orElseThrow();
    }

    private List<ServerRun> claimAllRuns() {
        return ledger.claimDue("node", 100, LEASE, NOON).stream()
                .map(claim -> ledger.load(claim).orElseThrow())
                .toList();
    }

    private static Claim claimOf(ServerRun run) {
        return new Claim(run.id(), run.fence());
    }

    private boolean end(ServerRun run, RunState state) {
        return ledger.commit(claimOf(run), Transition.to(state, run, run.memory(), NOON, "ended"), NOON);
    }

    private void sendConfirmation() {
        outbox.claimDue(10, LEASE, NOON).forEach(mail -> outbox.markSent(mail, Optional.empty(), NOON));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "server-" + i).toArray(String[]::new);
    }

    private interface NodeWork<T> {
        T of(int node) throws Exception;
    }

    /** Lets several nodes work at the same time and hands back what each of them got. */
    private static <T> List<T> atOnce(int nodes, NodeWork<T> work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(nodes)) {
            List<Callable<T>> tasks = IntStream.range(0, nodes)
                    .<Callable<T>>mapToObj(node -> () -> work.of(node))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
