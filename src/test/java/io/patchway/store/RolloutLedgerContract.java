package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.rollout.Rollout;
import io.patchway.rollout.RolloutDecision;
import io.patchway.rollout.RolloutPhase;
import io.patchway.rollout.Share;
import io.patchway.rollout.Stages;
import io.patchway.run.Clearance;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RolloutLedger.Answer;
import io.patchway.run.RolloutLedger.GateCheck;
import io.patchway.run.RolloutLedger.Move;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rollout ledger promises, on every database. */
abstract class RolloutLedgerContract extends StoreContract {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Share ONE = Share.of(1);

    private RunLedger runs;
    private RolloutLedger rollouts;

    @BeforeEach
    void openLedgers() {
        runs = new SqlRunLedger(database, "patch.example.org");
        rollouts = new SqlRolloutLedger(database, "node-1");
    }

    @Test
    void aRequestAllAtOnceIsNeverHeldBack() {
        RequestId request = accept(3, Rollout.ALL_AT_ONCE);

        assertThat(rollouts.dueRollouts(10, NOON)).isEmpty();
        assertThat(claims()).hasSize(3);
        assertThat(rollouts.standing(request).orElseThrow().phase()).isEqualTo(RolloutPhase.DONE);
    }

    @Test
    void noServerIsDueBeforeTheRolloutLetsItGo() {
        RequestId request = accept(5, rollout(Share.of(2), List.of()));
        assertThat(claims()).isEmpty();
        assertThat(rollouts.dueRollouts(10, NOON)).containsExactly(request);

        assertThat(advance(request)).isEqualTo(new RolloutDecision.Release(2, cutoff()));

        assertThat(rollouts.dueRollouts(10, NOON)).isEmpty();
        assertThat(claims())
                .extracting(claim -> runs.load(claim).orElseThrow().server().value())
                .containsExactlyInAnyOrder("web-0", "web-1");
    }

    @Test
    void aRunThatEndsMakesRoomForTheNext() {
        RequestId request = accept(3, rollout(ONE, List.of()));
        for (int i = 0; i < 3; i++) {
            assertThat(advance(request)).isInstanceOf(RolloutDecision.Release.class);
            List<Claim> claimed = claims();
            assertThat(claimed).hasSize(1);
            end(claimed.getFirst(), RunState.SUCCEEDED);
        }

        assertThat(advance(request)).isEqualTo(new RolloutDecision.Finish());
        assertThat(runs.report(request).orElseThrow().endedAt()).contains(NOON);
        assertThat(rollouts.dueRollouts(10, NOON)).isEmpty();
    }

    @Test
    void wavesFollowOneAnother() {
        RequestId request = accept(4, rollout(Share.ALL, List.of(ONE, Share.ALL)));
        advance(request);
        end(claims().getFirst(), RunState.SUCCEEDED);

        assertThat(advance(request)).isEqualTo(new RolloutDecision.NextStage(1));
        assertThat(claims()).isEmpty();
        assertThat(advance(request)).isEqualTo(new RolloutDecision.Release(3, cutoff()));
        assertThat(claims()).hasSize(3);
        assertThat(rollouts.standing(request).orElseThrow().stage()).isEqualTo(2);
    }

    @Test
    void oneErrorTooManyHoldsTheRolloutAndCallsBackWhatHasNotBegun() {
        RequestId request = accept(4, rollout(Share.of(2), List.of()));
        advance(request);
        List<Claim> claimed = claims();
        end(claimed.get(0), RunState.FAILED);
        runs.occupy(new ServerId("web-1"), claimed.get(1));

        assertThat(advance(request)).isInstanceOf(RolloutDecision.Hold.class);

        assertThat(begin(claimed.get(1)))
                .as("the claim from before counts no more")
                .isFalse();
        assertThat(runs.occupy(new ServerId("web-1"), claimed.get(1)))
                .as("nor does it occupy the server again")
                .isFalse();
        assertThat(claims()).isEmpty();
        RequestId other = accept(2, Rollout.ALL_AT_ONCE);
        assertThat(other).isNotEqualTo(request);
        Claim elsewhere = claims().stream()
                .filter(claim -> runs.load(claim).orElseThrow().server().value().equals("web-1"))
                .findFirst()
                .orElseThrow();
        assertThat(runs.occupy(new ServerId("web-1"), elsewhere))
                .as("a run that was called back occupies no server")
                .isTrue();
        assertThat(rollouts.standing(request).orElseThrow().reason())
                .contains("error budget spent: 1 of 4 servers failed, 0 may");
    }

    @Test
    void resumingGoesOnInSpiteOfTheFailuresSoFar() {
        RequestId request = accept(3, rollout(ONE, List.of()));
        advance(request);
        end(claims().getFirst(), RunState.FAILED);
        advance(request);
        assertThat(rollouts.pause(request, "twice", NOON)).isEqualTo(Answer.ALREADY);

        assertThat(rollouts.resume(request, false, NOON)).isEqualTo(Answer.DONE);
        assertThat(advance(request)).isInstanceOf(RolloutDecision.Release.class);
        end(claims().getFirst(), RunState.FAILED);
        assertThat(advance(request)).as("the next failure counts again").isInstanceOf(RolloutDecision.Hold.class);
    }

    @Test
    void aHeldRolloutThatNobodyResumesIsDeferredInTheEnd() {
        RequestId request = accept(2, rollout(ONE, List.of()));
        rollouts.pause(request, "paused: change freeze", NOON);
        assertThat(advance(request)).isInstanceOf(RolloutDecision.Wait.class);
        assertThat(rollouts.dueRollouts(10, NOON.plus(PATIENCE).minusMillis(1))).isEmpty();

        Instant over = NOON.plus(PATIENCE);
        assertThat(rollouts.advance(request, PATIENCE, LEASE, over))
                .map(Move::decision)
                .contains(new RolloutDecision.Expire("held, and not resumed in time: paused: change freeze"));

        List<Claim> expired = runs.claimDue("node", 10, LEASE, over);
        assertThat(expired)
                .hasSize(2)
                .allSatisfy(claim -> assertThat(
                                runs.load(claim).orElseThrow().clearance().kind())
                        .isEqualTo(Clearance.Kind.EXPIRED));
    }

    @Test
    void nothingIsLetGoAfterTheWindowsCutoff() {
        RequestId request = accept(2, rollout(ONE, List.of()));

        assertThat(rollouts.advance(request, PATIENCE, LEASE, cutoff().orElseThrow()))
                .map(Move::decision)
                .hasValueSatisfying(decision -> assertThat(decision).isInstanceOf(RolloutDecision.Expire.class));
    }

    @Test
    void pausingARequestAllAtOnceCallsBackWhatHasNotBegun() {
        RequestId request = accept(3, Rollout.ALL_AT_ONCE);
        List<Claim> claimed = claims();
        assertThat(begin(claimed.getFirst())).isTrue();

        assertThat(rollouts.pause(request, "paused", NOON)).isEqualTo(Answer.DONE);
        assertThat(runs.claimDue("node", 10, LEASE, NOON))
                .as("only the one that has begun goes on")
                .hasSize(1);

        assertThat(rollouts.resume(request, false, NOON)).isEqualTo(Answer.DONE);
        assertThat(advance(request)).isEqualTo(new RolloutDecision.Release(2, cutoff()));
        assertThat(claims()).hasSize(2);
    }

    @Test
    void cancellingTellsEveryRunAndMakesThoseDueThatHaveNotBegun() {
        RequestId request = accept(3, rollout(Share.of(2), List.of()));
        advance(request);
        List<Claim> claimed = claims();
        begin(claimed.getFirst());
        Claim underWay = claims().getFirst();

        assertThat(rollouts.cancel(request, Set.of(), "cancelled: wrong baseline", NOON))
                .isEqualTo(Answer.DONE);

        assertThat(runs.load(underWay).orElseThrow().clearance())
                .isEqualTo(new Clearance(Clearance.Kind.CANCELLED, "cancelled: wrong baseline"));
        assertThat(rollouts.standing(request).orElseThrow().progress())
                .as("nobody waits any more")
                .matches(progress -> progress.waiting() + progress.later() == 0 && progress.inFlight() == 3);
        List<Claim> notBegun = claims();
        assertThat(notBegun).hasSize(2);
        notBegun.forEach(claim -> end(claim, RunState.CANCELLED));
        end(underWay, RunState.CANCELLED);
        assertThat(runs.report(request).orElseThrow().endedAt()).isPresent();
        assertThat(rollouts.cancel(request, Set.of(), "again", NOON)).isEqualTo(Answer.ENDED);
    }

    @Test
    void someServersCanBeCancelledAndTheOthersGoOn() {
        RequestId request = accept(3, rollout(ONE, List.of()));

        rollouts.cancel(request, Set.of(new ServerId("web-0"), new ServerId("web-2")), "cancelled", NOON);

        claims().forEach(claim -> end(claim, RunState.CANCELLED));
        assertThat(advance(request)).isEqualTo(new RolloutDecision.Release(1, cutoff()));
        assertThat(claims())
                .extracting(claim -> runs.load(claim).orElseThrow().server().value())
                .containsExactly("web-1");
    }

    @Test
    void theGateIsAskedAboutTheServersThatEndedWellAndOpensTheNextWave() {
        RequestId request = accept(4, gated(List.of(Share.of(2), Share.ALL)));
        advance(request);
        List<Claim> wave = claims();
        end(wave.get(0), RunState.SUCCEEDED);
        end(wave.get(1), RunState.DEFERRED);

        GateCheck check = gateCheck(request);

        assertThat(check.gate()).isEqualTo("shop-answers");
        assertThat(check.servers()).hasSize(1);
        assertThat(rollouts.dueRollouts(10, NOON)).as("one node asks at a time").isEmpty();
        rollouts.gateOpened(check, NOON);
        assertThat(advance(request)).isEqualTo(new RolloutDecision.Release(2, cutoff()));
    }

    @Test
    void aGateThatRefusesHoldsTheRolloutAndCanBePassedOnPurpose() {
        RequestId request = accept(2, gated(List.of(ONE, Share.ALL)));
        advance(request);
        end(claims().getFirst(), RunState.SUCCEEDED);
        GateCheck first = gateCheck(request);
        rollouts.gateRefused(first, "shop is down", Optional.of(NOON), NOON);
        GateCheck second = gateCheck(request);
        assertThat(second.attempt()).isEqualTo(2);
        rollouts.gateOpened(first, NOON);
        assertThat(rollouts.standing(request).orElseThrow().phase())
                .as("a late answer to an earlier question changes nothing")
                .isEqualTo(RolloutPhase.CHECKING);

        rollouts.gateRefused(second, "shop is down", Optional.empty(), NOON);
        assertThat(rollouts.standing(request).orElseThrow().reason()).contains("shop is down");
        advance(request);
        rollouts.resume(request, false, NOON);
        GateCheck third = gateCheck(request);
        assertThat(third.attempt()).isEqualTo(1);
        rollouts.gateRefused(third, "shop is down", Optional.empty(), NOON);
        rollouts.resume(request, true, NOON);

        assertThat(advance(request)).isEqualTo(new RolloutDecision.Release(1, cutoff()));
    }

    @Test
    void ordersToRequestsThatAreNotThereOrNotHeldSayso() {
        assertThat(rollouts.pause(RequestId.next(), "x", NOON)).isEqualTo(Answer.NO_SUCH_REQUEST);
        assertThat(rollouts.resume(accept(1, Rollout.ALL_AT_ONCE), false, NOON)).isEqualTo(Answer.NOT_HELD);
        assertThat(rollouts.standing(RequestId.next())).isEmpty();
    }

    private RequestId accept(int servers, Rollout rollout) {
        PatchRequest sample = Samples.request(
                IntStream.range(0, servers).mapToObj(i -> "web-" + i).toArray(String[]::new));
        PatchRequest request = new PatchRequest(
                sample.id(),
                sample.operation(),
                sample.rebootOption(),
                sample.maxRounds(),
                sample.origin(),
                sample.requester(),
                sample.servers(),
                sample.baseline(),
                sample.snapshot(),
                sample.scriptPackage(),
                sample.excluded(),
                sample.recipients(),
                sample.window(),
                rollout,
                NOON);
        Stages stages = Stages.of(rollout, request.servers(), server -> List.of());
        runs.accept(request, stages, Optional.empty());
        assertThat(runs.report(request.id()).orElseThrow().request()).isEqualTo(request);
        return request.id();
    }

    private RolloutDecision advance(RequestId request) {
        return rollouts.advance(request, PATIENCE, LEASE, NOON).orElseThrow().decision();
    }

    private GateCheck gateCheck(RequestId request) {
        return rollouts.advance(request, PATIENCE, LEASE, NOON)
                .orElseThrow()
                .check()
                .orElseThrow();
    }

    private List<Claim> claims() {
        return runs.claimDue("node", 10, LEASE, NOON);
    }

    private boolean begin(Claim claim) {
        return runs.load(claim)
                .map(run ->
                        runs.commit(claim, Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "started"), NOON))
                .orElse(false);
    }

    private void end(Claim claim, RunState verdict) {
        ServerRun run = runs.load(claim).orElseThrow();
        assertThat(runs.commit(claim, Transition.to(verdict, run, run.memory(), NOON, "ended"), NOON))
                .isTrue();
    }

    /** Of the window in {@link Samples}. */
    private static Optional<Instant> cutoff() {
        return Optional.of(NOON.plus(Duration.ofHours(2)));
    }

    private static Rollout rollout(Share concurrency, List<Share> waves) {
        return new Rollout(
                Optional.of(concurrency),
                Optional.of(Share.of(0)),
                Optional.empty(),
                waves,
                Duration.ZERO,
                Optional.empty(),
                List.of(),
                false);
    }

    private static Rollout gated(List<Share> waves) {
        return new Rollout(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                waves,
                Duration.ZERO,
                Optional.of("shop-answers"),
                List.of(),
                false);
    }
}
