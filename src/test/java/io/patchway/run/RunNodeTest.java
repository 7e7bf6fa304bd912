package io.patchway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.SettableClock;
import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunNodeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final List<RunState> moves = new ArrayList<>();

    @Test
    void startsWithWhatItsEarlierLifeHadClaimedWithoutWaitingForTheLease() {
        request(3);
        RunNode killed = node("one", false);
        List<String> tickets = killed.claimDueSteps();
        ServerRun inHand = killed.begin(tickets.getFirst()).orElseThrow();

        RunNode again = node("one", false);
        again.resume();

        assertThat(again.claimDueSteps()).hasSize(3);
        killed.commit(inHand, Transition.to(RunState.FAILED, inHand, inHand.memory(), NOON, "a ghost"));
        assertThat(moves).isEmpty();
    }

    @Test
    @Survives(45)
    void aNodeThatStopsClaimsAndBeginsNothingButFinishesWhatItHasInHand() {
        request(3);
        RunNode node = node("one", false);
        List<String> tickets = node.claimDueSteps();
        ServerRun inHand = node.begin(tickets.getFirst()).orElseThrow();

        node.drain();

        assertThat(node.claimDueSteps()).isEmpty();
        assertThat(node.begin(tickets.getLast())).isEmpty();
        assertThat(node("two", false).claimDueSteps()).hasSize(2);
        node.commit(inHand, Transition.to(RunState.PRECHECK, inHand, inHand.memory(), NOON, "in hand"));
        assertThat(moves).containsExactly(RunState.PRECHECK);
    }

    @Test
    void whatANodeCannotFinishInTimeIsGivenBackWhenItLeaves() {
        request(1);
        RunNode node = node("one", false);
        ServerRun slow = node.begin(node.claimDueSteps().getFirst()).orElseThrow();
        node.drain();

        node.leave();

        assertThat(node("two", false).claimDueSteps()).hasSize(1);
        node.commit(slow, Transition.to(RunState.FAILED, slow, slow.memory(), NOON, "too late"));
        assertThat(moves).isEmpty();
    }

    @Test
    void claimsNoMoreThanItsPlacesHold() {
        request(9);
        RunNode node = node("one", false);

        List<String> tickets = node.claimDueSteps();
        node.begin(tickets.getFirst());

        assertThat(tickets).hasSize(4);
        assertThat(node.claimDueSteps()).isEmpty();
    }

    @Test
    void aStepThatIsDueAtOnceIsGoneOnWithAndNotClaimedAnew() {
        request(1);
        RunNode node = node("one", false);
        ServerRun run = node.begin(node.claimDueSteps().getFirst()).orElseThrow();

        Optional<String> next = node.commit(run, step(run, RunState.PRECHECK, NOON));

        assertThat(node("two", false).claimDueSteps()).isEmpty();
        ServerRun goesOn = node.begin(next.orElseThrow()).orElseThrow();
        assertThat(goesOn.state()).isEqualTo(RunState.PRECHECK);
        assertThat(node.commit(goesOn, step(goesOn, RunState.SCANNING, NOON.plusSeconds(1))))
                .as("what is due later is given back")
                .isEmpty();
        ServerRun ending = nextOf(node("two", false), NOON.plusSeconds(1));
        assertThat(node.commit(ending, step(ending, RunState.FAILED, NOON))).isEmpty();
        assertThat(node.begin(next.orElseThrow()))
                .as("the ticket from before counts no more")
                .isEmpty();
    }

    @Test
    void overASharedWireWhoeverIsFreeGoesOn() {
        request(1);
        RunNode node = node("one", true);
        ServerRun run = node.begin(node.claimDueSteps().getFirst()).orElseThrow();

        assertThat(node.commit(run, step(run, RunState.PRECHECK, NOON))).isEmpty();

        assertThat(node("two", true).claimDueSteps()).hasSize(1);
    }

    @Test
    void theLedgerIsLeftAloneForAMomentAfterItHadNothingMore() {
        request(4);
        RunNode node = node("one", false);
        node.claimDueSteps().forEach(node::begin);
        assertThat(node.expectsDueSteps())
                .as("as many were due as there were places for")
                .isTrue();
        RunNode other = node("two", false);
        assertThat(other.claimDueSteps()).isEmpty();

        assertThat(other.expectsDueSteps()).isFalse();
        clock.advance(Duration.ofMillis(200));
        assertThat(other.expectsDueSteps()).isTrue();
    }

    private ServerRun nextOf(RunNode node, Instant due) {
        clock.advance(Duration.between(clock.instant(), due));
        return node.begin(node.claimDueSteps().getFirst()).orElseThrow();
    }

    private static Transition step(ServerRun run, RunState next, Instant due) {
        return Transition.to(next, run, run.memory(), NOON, "next").notBefore(due);
    }

    @Test
    void overASharedWireATicketIsBegunOnceAndFreesThePlaceOfTheNodeThatSentIt() {
        request(9);
        RunNode sender = node("one", true);
        RunNode receiver = node("two", true);
        List<String> tickets = sender.claimDueSteps();

        assertThat(receiver.begin(tickets.getFirst())).isPresent();
        assertThat(sender.begin(tickets.getFirst())).isEmpty();

        assertThat(sender.claimDueSteps()).hasSize(1);
    }

    @Test
    void ticketsThatGotLostAreClaimedAgainAfterTheLease() {
        request(2);
        RunNode node = node("one", true);
        assertThat(node.claimDueSteps()).hasSize(2);

        clock.advance(LEASE.plusMillis(1));

        assertThat(node.claimDueSteps()).hasSize(2);
    }

    @Test
    void withoutAWireItGivesTheTicketsBackAndRests() {
        request(2);
        RunNode node = node("one", true);
        node.claimDueSteps();

        node.wireIsDown();

        assertThat(node.claimDueSteps()).isEmpty();
        assertThat(node("two", true).claimDueSteps()).hasSize(2);
    }

    @Test
    void aRunThatCannotBeReadIsTriedAgainAndThenEndsUnknownWithTheReason() throws Exception {
        InMemoryRunLedger damaged = new DamagedLedger();
        RunNode node = node(damaged, "one", false);
        RequestId request = RequestDesks.over(damaged, clock)
                .accept(RequestDesks.install("web-01"), RequestDesks.origin())
                .request()
                .orElseThrow();

        for (int attempt = 1; attempt <= 2; attempt++) {
            String ticket = node.claimDueSteps().get(0);
            assertThatExceptionOfType(UnreadableRun.class).isThrownBy(() -> node.begin(ticket));
            clock.advance(LEASE);
        }
        assertThat(node.begin(node.claimDueSteps().get(0))).isEmpty();

        RequestReport.RunReport run =
                damaged.report(request).orElseThrow().runs().get(0);
        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(run.lastError().orElseThrow()).contains("cannot be read: damaged");
        clock.advance(LEASE);
        assertThat(node.claimDueSteps()).isEmpty();
    }

    @Test
    @Survives(9)
    void stepsThatAnOutageCutsOffAreClaimedAgainAtOnceWhenItIsOver() {
        FickleLedger fickle = new FickleLedger();
        request(fickle, 4);
        RunNode node = node(fickle, "one", false);
        List<String> tickets = node.claimDueSteps();
        ServerRun inHand = node.begin(tickets.get(0)).orElseThrow();
        ServerRun undecided = node.begin(tickets.get(1)).orElseThrow();
        ServerRun dropped = node.begin(tickets.get(2)).orElseThrow();

        fickle.away = true;
        assertThatThrownBy(() -> node.commit(undecided, step(undecided, RunState.PRECHECK, NOON.plusSeconds(9))));
        node.drop(dropped);
        assertThatThrownBy(() -> node.begin(tickets.get(3)));
        assertThatThrownBy(node::takeBackLeftovers);
        fickle.away = false;
        node.takeBackLeftovers();

        assertThat(node.claimDueSteps()).hasSize(3);
        assertThat(node.commit(inHand, step(inHand, RunState.PRECHECK, NOON)))
                .as("what it worked on all the time is still its own")
                .isPresent();
    }

    @Test
    @Survives(9)
    void aDecisionThatWasCommittedWhileTheConnectionBrokeIsGoneOnWithAtOnce() {
        FickleLedger fickle = new FickleLedger();
        request(fickle, 1);
        RunNode node = node(fickle, "one", false);
        ServerRun run = node.begin(node.claimDueSteps().getFirst()).orElseThrow();

        fickle.answersGetLost = true;
        assertThatThrownBy(() -> node.commit(run, step(run, RunState.PRECHECK, NOON)));
        fickle.answersGetLost = false;
        node.takeBackLeftovers();

        assertThat(node.begin(node.claimDueSteps().getFirst()).orElseThrow().state())
                .isEqualTo(RunState.PRECHECK);
    }

    @Test
    @Survives(9)
    void claimsWhoseAnswerGotLostAreFoundAgain() {
        FickleLedger fickle = new FickleLedger();
        request(fickle, 3);
        RunNode node = node(fickle, "one", false);

        fickle.answersGetLost = true;
        assertThatThrownBy(node::claimDueSteps);
        fickle.answersGetLost = false;
        node.takeBackLeftovers();

        assertThat(node.claimDueSteps()).hasSize(3);
    }

    private void request(int servers) {
        request(ledger, servers);
    }

    private static void request(RunLedger ledger, int servers) {
        ledger.accept(
                new PatchRequest(
                        RequestId.next(),
                        Operation.INSTALL,
                        RebootOption.IF_NEEDED,
                        PatchRequest.DEFAULT_MAX_ROUNDS,
                        "test",
                        "tester",
                        IntStream.range(0, servers)
                                .mapToObj(number -> new ServerId("web" + number))
                                .toList(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Rollout.ALL_AT_ONCE,
                        NOON),
                Optional.empty());
    }

    private RunNode node(String name, boolean sharedWire) {
        return node(ledger, name, sharedWire);
    }

    private RunNode node(RunLedger over, String name, boolean sharedWire) {
        return new RunNode(
                new NodeSettings(name, 4, LEASE, sharedWire),
                over,
                RunPolicy.standard(),
                (run, transition) -> moves.add(transition.next()),
                clock);
    }

    /** Is away at times, or does what it is told and cannot say so. */
    private static final class FickleLedger extends InMemoryRunLedger {
        private boolean away;
        private boolean answersGetLost;

        @Override
        public synchronized List<Claim> claimDue(String node, int limit, Duration lease, Instant now) {
            failWhen(away);
            List<Claim> claims = super.claimDue(node, limit, lease, now);
            failWhen(answersGetLost);
            return claims;
        }

        @Override
        public synchronized Set<Claim> claimsOf(String node) {
            failWhen(away);
            return super.claimsOf(node);
        }

        @Override
        public synchronized Optional<ServerRun> load(Claim claim) {
            failWhen(away);
            return super.load(claim);
        }

        @Override
        public synchronized boolean commit(Claim claim, Transition transition, Instant now) {
            failWhen(away);
            return super.commit(claim, transition, now);
        }

        @Override
        public synchronized Optional<Claim> commitAndKeep(
                Claim claim, Transition transition, String node, Duration lease, Instant now) {
            failWhen(away);
            Optional<Claim> next = super.commitAndKeep(claim, transition, node, lease, now);
            failWhen(answersGetLost);
            return next;
        }

        private static void failWhen(boolean trouble) {
            if (trouble) {
                throw new IllegalStateException("the database is away");
            }
        }
    }

    /** Holds runs that nobody can read any more. */
    private static final class DamagedLedger extends InMemoryRunLedger {
        @Override
        public synchronized Optional<ServerRun> load(Claim claim) {
            throw new UnreadableRun(claim.run(), new IllegalStateException("damaged"));
        }
    }
}
