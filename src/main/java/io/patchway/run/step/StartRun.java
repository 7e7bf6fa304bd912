package io.patchway.run.step;

import io.patchway.run.Clearance;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RunLedger;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Clock;
import java.time.Instant;

/** Lets a queued run start when its window is open and no other run works on the server. */
public final class StartRun {
    private final RunLedger ledger;
    private final FitsWindow fitsWindow;
    private final RunPolicy policy;
    private final Clock clock;

    public StartRun(RunLedger ledger, RunPolicy policy, Clock clock) {
        this.ledger = ledger;
        this.fitsWindow = new FitsWindow(ledger);
        this.policy = policy;
        this.clock = clock;
    }

    public Transition take(ServerRun run) {
        Instant now = clock.instant();
        if (run.clearance().kind() == Clearance.Kind.EXPIRED) {
            return Transition.to(
                    RunState.DEFERRED,
                    run,
                    run.memory(),
                    now,
                    "not started: " + run.clearance().reason());
        }
        return run.request()
                .window()
                .map(window -> inWindow(run, window, now))
                .orElseGet(() -> whenServerIsFree(run, now, ""));
    }

    private Transition inWindow(ServerRun run, WindowSpan window, Instant now) {
        if (now.isBefore(window.opens())) {
            return Transition.to(
                            RunState.WAITING_WINDOW,
                            run,
                            run.memory(),
                            now,
                            "waits for window " + window.name() + ", which opens at " + window.opens())
                    .notBefore(window.opens());
        }
        if (!now.isBefore(window.cutoff())) {
            return Transition.to(
                    RunState.DEFERRED,
                    run,
                    run.memory(),
                    now,
                    "not started: window " + window.name() + " lets no server start after " + window.cutoff());
        }
        FitsWindow.Answer answer = fitsWindow.of(run, window, now);
        return answer.starts()
                ? whenServerIsFree(run, now, answer.note())
                : Transition.to(RunState.DEFERRED, run, run.memory(), now, "not started: " + answer.note());
    }

    private Transition whenServerIsFree(ServerRun run, Instant now, String remark) {
        if (now.isAfter(queuedSince(run).plus(policy.queueDeadline()))) {
            return Transition.to(
                    RunState.DEFERRED,
                    run,
                    run.memory(),
                    now,
                    "not started: waited too long for " + run.server() + " to be free");
        }
        if (!ledger.occupy(run.server(), new RunLedger.Claim(run.id(), run.fence()))) {
            return Transition.again(
                    run, run.memory().failedAttempt("another run works on " + run.server()), now, policy.busyPause());
        }
        return Transition.to(
                RunState.PRECHECK, run, run.memory().calm(), now, remark.isEmpty() ? "started" : "started: " + remark);
    }

    /** Time spent waiting for the rollout or for the window is no time spent waiting for the server. */
    private static Instant queuedSince(ServerRun run) {
        return run.request()
                .window()
                .map(WindowSpan::opens)
                .filter(run.stateSince()::isBefore)
                .orElse(run.stateSince());
    }
}
