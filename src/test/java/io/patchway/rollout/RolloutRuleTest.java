package io.patchway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.rollout.RolloutStanding.LatestStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RolloutRuleTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Rollout CAREFUL = new Rollout(
            Optional.of(Share.of(10)),
            Optional.of(Share.of(2)),
            Optional.of(Share.of(12)),
            List.of(Share.of(1), Share.ALL),
            Duration.ofMinutes(10),
            Optional.of("shop-answers"),
            List.of(),
            false);

    @Test
    void letsGoAsManyAsMayBeWorkedOnAtOnce() {
        assertThat(next(progress(50, 4, 0, 0))).isEqualTo(new RolloutDecision.Release(6, Optional.empty()));
        assertThat(next(progress(3, 4, 0, 0))).isEqualTo(new RolloutDecision.Release(3, Optional.empty()));
        assertThat(next(progress(50, 10, 0, 0))).isEqualTo(new RolloutDecision.Wait(Optional.empty()));
    }

    @Test
    void serversThatFailedTakeTheirPlaceInTheDisruptionBudget() {
        Rollout narrow = rollout(Optional.empty(), Optional.of(Share.of(5)), false);

        assertThat(next(narrow, progress(50, 2, 2, 0))).isEqualTo(new RolloutDecision.Release(1, Optional.empty()));
        assertThat(next(narrow, progress(50, 3, 2, 0))).isEqualTo(new RolloutDecision.Wait(Optional.empty()));
        assertThat(next(narrow, progress(50, 0, 5, 0)))
                .isInstanceOfSatisfying(
                        RolloutDecision.Hold.class,
                        hold -> assertThat(hold.reason()).startsWith("disruption budget spent: 5 servers failed"));
    }

    @Test
    void theErrorBudgetFiresOnOneErrorMore() {
        assertThat(next(progress(50, 0, 2, 1))).isInstanceOf(RolloutDecision.Release.class);
        assertThat(next(progress(50, 5, 3, 1)))
                .isEqualTo(new RolloutDecision.Hold("error budget spent: 3 of 100 servers failed, 2 may"));
    }

    @Test
    void stopAtFailureCancelsInsteadOfHolding() {
        assertThat(next(rollout(Optional.of(Share.of(0)), Optional.empty(), true), progress(50, 5, 1, 1)))
                .isEqualTo(new RolloutDecision.Stop("error budget spent: 1 of 100 servers failed, 0 may"));
    }

    @Test
    void aSpentBudgetHoldsNobodyBackWhenNobodyWaits() {
        RolloutStanding last = new RolloutStanding(
                CAREFUL,
                RolloutPhase.RUNNING,
                1,
                2,
                Optional.empty(),
                0,
                Optional.empty(),
                new RolloutProgress(100, 0, 0, 50, 50, 49, 0));

        assertThat(RolloutRule.next(last, NOON)).isEqualTo(new RolloutDecision.Finish());
    }

    @Test
    void failuresThatSomebodyHasSeenAreNotCountedAgain() {
        RolloutStanding forgiven = new RolloutStanding(
                CAREFUL,
                RolloutPhase.RUNNING,
                0,
                2,
                Optional.empty(),
                3,
                Optional.empty(),
                new RolloutProgress(100, 50, 0, 5, 5, 0, 0));

        assertThat(RolloutRule.next(forgiven, NOON)).isInstanceOf(RolloutDecision.Release.class);
    }

    @Test
    void afterAWaveComesTheSoakTimeThenTheGateThenTheNextWave() {
        RolloutProgress ended = new RolloutProgress(100, 0, 0, 0, 0, 1, 99);
        Instant soaked = NOON.plus(Duration.ofMinutes(10));

        assertThat(RolloutRule.next(standing(RolloutPhase.RUNNING, Optional.empty(), ended), NOON))
                .isEqualTo(new RolloutDecision.Soak(soaked));
        assertThat(RolloutRule.next(standing(RolloutPhase.SOAKING, Optional.of(soaked), ended), NOON))
                .isEqualTo(new RolloutDecision.Wait(Optional.of(soaked)));
        assertThat(RolloutRule.next(standing(RolloutPhase.SOAKING, Optional.of(soaked), ended), soaked))
                .isEqualTo(new RolloutDecision.CheckGate("shop-answers"));
        assertThat(RolloutRule.next(standing(RolloutPhase.CHECKING, Optional.empty(), ended), soaked))
                .isEqualTo(new RolloutDecision.CheckGate("shop-answers"));
        Rollout plain = rollout(Optional.empty(), Optional.empty(), false);
        assertThat(next(plain, ended)).isEqualTo(new RolloutDecision.NextStage(1));
    }

    @Test
    void aWaveInWhichNobodyEndedWellHoldsTheRolloutWhateverTheBudget() {
        RolloutProgress canaryFailed = new RolloutProgress(100, 0, 0, 1, 1, 0, 99);

        assertThat(next(canaryFailed)).isEqualTo(new RolloutDecision.Hold("no server of stage 1 of 2 ended well"));
    }

    @Test
    void nothingNewAfterTheLatestStart() {
        LatestStart cutoff = new LatestStart(NOON, "window nightly lets no server start after noon");
        RolloutProgress waiting = progress(50, 4, 0, 0);
        RolloutStanding standing = new RolloutStanding(
                CAREFUL, RolloutPhase.HELD, 0, 2, Optional.empty(), 0, Optional.of(cutoff), waiting);

        assertThat(RolloutRule.next(standing, NOON.minusMillis(1)))
                .isEqualTo(new RolloutDecision.Wait(Optional.of(NOON)));
        assertThat(RolloutRule.next(standing, NOON)).isEqualTo(new RolloutDecision.Expire(cutoff.reason()));
    }

    /** Plays whole rollouts at random and holds every decision against the limits. */
    @Test
    void noRolloutEverGoesBeyondItsLimitsAndEachComesToAnEnd() {
        Random random = new Random(20261121);
        for (int game = 0; game < 2_000; game++) {
            new SimulatedRollout(random).play();
        }
    }

    private static RolloutDecision next(RolloutProgress progress) {
        return next(CAREFUL, progress);
    }

    private static RolloutDecision next(Rollout rollout, RolloutProgress progress) {
        return RolloutRule.next(
                new RolloutStanding(
                        rollout, RolloutPhase.RUNNING, 0, 2, Optional.empty(), 0, Optional.empty(), progress),
                NOON);
    }

    private static RolloutStanding standing(RolloutPhase phase, Optional<Instant> soakUntil, RolloutProgress progress) {
        return new RolloutStanding(CAREFUL, phase, 0, 2, soakUntil, 0, Optional.empty(), progress);
    }

    private static RolloutProgress progress(int waiting, int inFlight, int failed, int well) {
        return new RolloutProgress(100, waiting, inFlight, failed, failed, well, 10);
    }

    private static Rollout rollout(Optional<Share> errors, Optional<Share> disruption, boolean stopAtFailure) {
        return new Rollout(
                Optional.empty(),
                errors,
                disruption,
                List.of(Share.of(50), Share.ALL),
                Duration.ZERO,
                Optional.empty(),
                List.of(),
                stopAtFailure);
    }
}
