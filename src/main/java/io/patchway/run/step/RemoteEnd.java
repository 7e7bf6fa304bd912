package io.patchway.run.step;

import io.patchway.run.HandOver;
import io.patchway.run.PatchChange;
import io.patchway.run.RemoteSite;
import io.patchway.run.RemoteSite.Attempt;
import io.patchway.run.RemoteSite.Detail;
import io.patchway.run.RemoteSite.End;
import io.patchway.run.RemoteSite.Execution;
import io.patchway.run.RemoteSite.Stage;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ConnectionSettings.Http;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fetches back what another site did, and judges it. The word {@code succeeded} alone is no success: there are sites
 * where it only means that something was started. The history must say that it completed, too.
 */
final class RemoteEnd {
    /** More attempts than this are not told one by one. */
    private static final int MOST_TOLD = 20;

    private final RemoteSite site;
    private final RunPolicy policy;
    private final Clock clock;

    RemoteEnd(RemoteSite site, RunPolicy policy, Clock clock) {
        this.site = site;
        this.policy = policy;
        this.clock = clock;
    }

    Transition take(ServerRun run, HandOver handOver, Http http) {
        String operation = handOver.operation().orElseThrow();
        Optional<Execution> found = execution(handOver, operation, site.history(http));
        if (found.isEmpty()) {
            return lookAgain(run, handOver, "the history of " + http.url() + " does not show operation " + operation);
        }
        Execution execution = found.get();
        if (execution.stage() == Stage.RUNNING) {
            return lookAgain(run, handOver, "operation " + operation + " is still running, says the history");
        }
        List<Attempt> attempts = execution.attempts().reversed();
        if (handOver.attemptsTold() < Math.min(attempts.size(), MOST_TOLD)) {
            return tell(run, handOver, attempts);
        }
        Detail detail = site.detail(http, execution.id());
        return detail.stage() == Stage.RUNNING
                ? lookAgain(run, handOver, "operation " + operation + " is still running, says its detail")
                : judge(run, handOver.end().orElseThrow(), attempts, detail);
    }

    /** The one with the operation's name; else the only one that began since. */
    private static Optional<Execution> execution(HandOver handOver, String operation, List<Execution> history) {
        List<Execution> since = Delegation.begunSince(handOver, history);
        return history.stream()
                .filter(execution -> execution.id().equalsIgnoreCase(operation))
                .findFirst()
                .or(() -> since.stream().filter(only -> since.size() == 1).findFirst());
    }

    private Transition lookAgain(ServerRun run, HandOver handOver, String why) {
        RunMemory memory = Delegation.remembering(run, handOver.lookedAt()).failedAttempt(why);
        return Transition.again(run, memory, clock.instant(), Delegation.pause(policy, handOver.looks()));
    }

    private Transition tell(ServerRun run, HandOver handOver, List<Attempt> attempts) {
        int number = handOver.attemptsTold() + 1;
        Attempt attempt = attempts.get(number - 1);
        String text = "attempt %d there, %s to %s: %s; %s"
                .formatted(
                        number,
                        time(attempt.start()),
                        time(attempt.end()),
                        attempt.beginMessage(),
                        attempt.endMessage());
        return new Transition(
                run.state(),
                number,
                clock.instant(),
                run.deadline(),
                Delegation.remembering(run, handOver.toldAttempt()),
                Optional.of(text),
                List.of(),
                Optional.empty());
    }

    private Transition judge(ServerRun run, End end, List<Attempt> attempts, Detail detail) {
        List<PatchChange> changes = RemotePatches.changes(detail.patches(), attempts);
        boolean installed = changes.stream().anyMatch(change -> change.outcome() == PatchChange.Outcome.INSTALLED);
        boolean failed = end == End.FAILED || detail.stage() == Stage.FAILED;
        RunState verdict;
        if (failed) {
            verdict = installed ? RunState.PARTIAL : RunState.FAILED;
        } else {
            verdict = end == End.SUCCEEDED ? RunState.SUCCEEDED : RunState.UNKNOWN;
        }
        String text = "the other site says %s: %s"
                .formatted(
                        (failed ? End.FAILED : end).name().toLowerCase(Locale.ROOT),
                        detail.endMessage().isEmpty() ? "nothing more" : detail.endMessage());
        RunMemory memory = verdict == RunState.SUCCEEDED
                ? run.memory().calm()
                : run.memory().failedAttempt(text);
        return Transition.to(verdict, run, memory, clock.instant(), text)
                .inRound(Math.max(1, attempts.size()))
                .recording(changes);
    }

    private static String time(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("?");
    }
}
