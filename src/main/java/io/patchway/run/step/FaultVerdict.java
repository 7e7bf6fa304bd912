package io.patchway.run.step;

import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Clock;
import java.time.Instant;

/** Decides what trouble with a server means: ask again while that can help and the deadline is not over, else end. */
public final class FaultVerdict {
    /** A repository that is down is asked so often before the run fails. */
    private static final int METADATA_ATTEMPTS = 3;

    private final RunPolicy policy;
    private final Clock clock;

    public FaultVerdict(RunPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    public Transition of(ServerRun run, ServerFault fault) {
        Instant now = clock.instant();
        RunMemory memory = run.memory().failedAttempt(fault.getMessage());
        boolean goOn = fault.kind().passing()
                && !overdue(run)
                && (fault.kind() != ServerFault.Kind.METADATA || memory.attempts() < METADATA_ATTEMPTS);
        if (goOn) {
            return Transition.again(run, memory, now, policy.backOff(memory.attempts()));
        }
        return Transition.to(verdict(run, fault), run, memory, now, fault.kind() + ": " + fault.getMessage());
    }

    /** Turns a look that found nothing new into a verdict once the state's deadline is over. */
    public Transition unlessOverdue(ServerRun run, Transition transition) {
        if (transition.next() != run.state() || !overdue(run)) {
            return transition;
        }
        RunState verdict = switch (run.state()) {
            case INSTALLING, REBOOTING -> RunState.UNKNOWN;
            default -> RunState.FAILED;
        };
        String last = transition.memory().lastError().orElse("no answer");
        return Transition.to(verdict, run, transition.memory(), clock.instant(), overdueText(run) + ": " + last);
    }

    private static String overdueText(ServerRun run) {
        return run.state() == RunState.WAITING_FOR_RETURN
                ? "no return: not back within the deadline after the reboot command"
                : "the deadline of " + run.state() + " passed";
    }

    private boolean overdue(ServerRun run) {
        return run.deadline().map(deadline -> clock.instant().isAfter(deadline)).orElse(false);
    }

    /** Once something was started on the server and it went silent, nobody knows how it ended. */
    private static RunState verdict(ServerRun run, ServerFault fault) {
        if (fault.kind() == ServerFault.Kind.LOCKED) {
            return RunState.DEFERRED;
        }
        boolean effectUnderWay = run.state() == RunState.INSTALLING || run.state() == RunState.REBOOTING;
        return effectUnderWay && fault.kind().passing() ? RunState.UNKNOWN : RunState.FAILED;
    }
}
