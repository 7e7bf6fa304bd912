package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.HandOver;
import io.patchway.run.InstallPlan;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RemoteSite;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunMemory;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the run ledger promises to nodes that share the work, on every database. */
abstract class ClaimsContract extends LedgerContract {
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
    void aClaimThatWasGivenBackIsWorthNothing() {
        ledger.accept(Samples.request("web-01"), Optional.empty());
        ServerRun run = claimOne(NOON);
        Transition step = Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "going");

        assertThat(ledger.commit(claimOf(run), step, NOON)).isTrue();

        assertThat(ledger.holds(claimOf(run))).isFalse();
        assertThat(ledger.commit(claimOf(run), step, NOON)).isFalse();
    }

    @Test
    @Survives(9)
    void theLedgerKnowsWhatANodeHasClaimedAndNotGivenBack() {
        ledger.accept(Samples.request("web-01", "web-02", "web-03", "web-04"), Optional.empty());
        List<Claim> claims = ledger.claimDue("node", 3, LEASE, NOON);
        Claim ofAnother = ledger.claimDue("other", 1, LEASE, NOON).getFirst();

        ledger.giveBack(Set.of(claims.get(0)), NOON);
        end(ledger.load(claims.get(1)).orElseThrow(), RunState.SUCCEEDED);

        assertThat(ledger.claimsOf("node")).containsExactly(claims.get(2));
        assertThat(ledger.claimsOf("other")).containsExactly(ofAnother);
        assertThat(ledger.claimsOf("nobody")).isEmpty();
    }
}
