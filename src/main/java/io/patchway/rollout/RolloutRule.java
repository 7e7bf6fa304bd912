package io.patchway.rollout;

import io.patchway.rollout.RolloutDecision.CheckGate;
import io.patchway.rollout.RolloutDecision.Expire;
import io.patchway.rollout.RolloutDecision.Finish;
import io.patchway.rollout.RolloutDecision.Hold;
import io.patchway.rollout.RolloutDecision.NextStage;
import io.patchway.rollout.RolloutDecision.Release;
import io.patchway.rollout.RolloutDecision.Soak;
import io.patchway.rollout.RolloutDecision.Stop;
import io.patchway.rollout.RolloutDecision.Wait;
import io.patchway.rollout.RolloutStanding.LatestStart;
import java.time.Instant;
import java.util.Optional;

/** Decides what a rollout does next, and says why it refuses to go on. */
public final class RolloutRule {
    private RolloutRule() {}

    public static RolloutDecision next(RolloutStanding standing, Instant now) {
        Optional<LatestStart> over = standing.latestStart().filter(latest -> !now.isBefore(latest.at()));
        if (over.isPresent() && standing.somebodyWaits() && !standing.phase().over()) {
            return new Expire(over.get().reason());
        }
        return switch (standing.phase()) {
            case RUNNING -> running(standing, now);
            case SOAKING -> soaking(standing, now);
            case CHECKING -> new CheckGate(standing.rollout().gate().orElseThrow());
            case HELD -> waiting(standing);
            case CANCELLED, EXPIRED, DONE -> new Wait(Optional.empty());
        };
    }

    private static RolloutDecision running(RolloutStanding standing, Instant now) {
        RolloutProgress progress = standing.progress();
        int budget = standing.rollout().errors(progress.total());
        if (standing.errors() > budget && standing.somebodyWaits()) {
            String reason = "error budget spent: %d of %d servers failed, %d may"
                    .formatted(standing.errors(), progress.total(), budget);
            return standing.rollout().stopAtFailure() ? new Stop(reason) : new Hold(reason);
        }
        if (progress.waiting() > 0) {
            return release(standing);
        }
        return progress.inFlight() > 0 ? waiting(standing) : stageEnded(standing, now);
    }

    private static RolloutDecision release(RolloutStanding standing) {
        RolloutProgress progress = standing.progress();
        int byConcurrency = standing.rollout().concurrency(progress.total()) - progress.inFlight();
        int disruption = standing.rollout().disruption(progress.total());
        int byDisruption = disruption - progress.inFlight() - standing.errors();
        int room = Math.min(progress.waiting(), Math.min(byConcurrency, byDisruption));
        if (room > 0) {
            return new Release(room, latest(standing));
        }
        if (progress.inFlight() == 0) {
            return new Hold("disruption budget spent: %d servers failed, and at most %d may be worked on or have failed"
                    .formatted(standing.errors(), disruption));
        }
        return waiting(standing);
    }

    private static RolloutDecision stageEnded(RolloutStanding standing, Instant now) {
        RolloutProgress progress = standing.progress();
        if (standing.isLastStage()) {
            return new Finish();
        }
        if (progress.stageFailed() > 0 && progress.stageWell() == 0 && standing.errors() > 0) {
            return new Hold(
                    "no server of stage %d of %d ended well".formatted(standing.stage() + 1, standing.stages()));
        }
        Instant soaked = now.plus(standing.rollout().soak());
        return soaked.isAfter(now) ? new Soak(soaked) : afterSoak(standing);
    }

    private static RolloutDecision soaking(RolloutStanding standing, Instant now) {
        Instant until = standing.soakUntil().orElse(now);
        return now.isBefore(until) ? new Wait(Optional.of(earlier(until, latest(standing)))) : afterSoak(standing);
    }

    private static RolloutDecision afterSoak(RolloutStanding standing) {
        return standing.rollout()
                .gate()
                .<RolloutDecision>map(CheckGate::new)
                .orElseGet(() -> new NextStage(standing.stage() + 1));
    }

    private static RolloutDecision waiting(RolloutStanding standing) {
        return new Wait(latest(standing));
    }

    private static Optional<Instant> latest(RolloutStanding standing) {
        return standing.latestStart().map(LatestStart::at).filter(at -> standing.somebodyWaits());
    }

    private static Instant earlier(Instant left, Optional<Instant> right) {
        return right.filter(left::isAfter).orElse(left);
    }
}
