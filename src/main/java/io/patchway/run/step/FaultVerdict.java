package io.patchway.run.step;

import io.patchway.run.HandOver;
import io.patchway.run.RemoteSite;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Decides what trouble with a server means: ask again while that can help and the deadline is not over, else end. */
public final class FaultVerdict {
    /** A repository that is down is asked so often before the run fails. */
    private static final int METADATA_ATTEMPTS = 3;
    /** So many looks are taken even when the deadline passed, for example while Patchway itself was down. */
    private static final int LEAST_ATTEMPTS = 3;

    /** A server that did not return in time is looked for from then on, so long. */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

    private static final Duration LOOKED_FOR = Duration.ofDays(1);

    /** Longer than it ever takes from one look to the next: a pause, and a script that a server leaves unanswered. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private static final Set<ServerFault.Kind> BLINDING = EnumSet.of(
            ServerFault.Kind.CONFIGURATION, ServerFault.Kind.HOST_KEY_CHANGED, ServerFault.Kind.HOST_KEY_UNKNOWN);

    private static final Set<RunState> UNDER_WAY =
            EnumSet.of(RunState.INSTALLING, RunState.REBOOTING, RunState.OPERATING);

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
                && (!overdue(run) || memory.attempts() < LEAST_ATTEMPTS)
                && !(isHopelessMetadata(run, fault) && memory.attempts() >= METADATA_ATTEMPTS);
        if (goOn) {
            return Transition.again(run, memory, now, policy.backOff(memory.attempts()));
        }
        return Transition.to(verdict(run, fault), run, memory, now, fault.kind().verdict(fault.getMessage()));
    }

    /** Turns a look that found nothing new into a verdict once the state's deadline is over. */
    public Transition unlessOverdue(ServerRun run, Transition transition) {
        if (transition.next() != run.state() || !overdue(run)) {
            return transition;
        }
        if (wasNotLookedAt(run)) {
            return transition.endingBy(clock.instant().plus(GRACE));
        }
        RunState verdict = switch (run.state()) {
            case INSTALLING, REBOOTING -> RunState.UNKNOWN;
            case OPERATING -> run.memory().machine().unsure() ? RunState.UNKNOWN : RunState.FAILED;
            case VERIFYING -> Delegation.handOver(run).map(FaultVerdict::untold).orElse(RunState.FAILED);
            default -> RunState.FAILED;
        };
        String last = transition.memory().lastError().orElse("no answer");
        Instant now = clock.instant();
        Transition ending = Transition.to(verdict, run, transition.memory(), now, overdueText(run) + ": " + last);
        return run.state() == RunState.WAITING_FOR_RETURN
                ? ending.lookingOutUntil(now.plus(FIRST_LOOK), now.plus(LOOKED_FOR))
                : ending;
    }

    /**
     * The deadline passed longer ago than any pause between two looks lasts: Patchway was down, or the clock jumped.
     * What a single look finds then is no verdict.
     */
    private boolean wasNotLookedAt(ServerRun run) {
        return run.deadline()
                .filter(deadline -> clock.instant().isAfter(deadline.plus(GRACE)))
                .isPresent();
    }

    private static String overdueText(ServerRun run) {
        return run.state() == RunState.WAITING_FOR_RETURN
                ? "no return: not back within the deadline after the reboot command"
                : "the deadline of " + run.state() + " passed";
    }

    private boolean overdue(ServerRun run) {
        return run.deadline().map(deadline -> clock.instant().isAfter(deadline)).orElse(false);
    }

    /** Before anything was installed a repository that is down ends the run soon; later it is waited for. */
    private static boolean isHopelessMetadata(ServerRun run, ServerFault fault) {
        return fault.kind() == ServerFault.Kind.METADATA && run.state() != RunState.VERIFYING;
    }

    /** Once something was started on the server and it cannot be seen any more, nobody knows how it ended. */
    private static RunState verdict(ServerRun run, ServerFault fault) {
        if (fault.kind() == ServerFault.Kind.LOCKED) {
            return RunState.DEFERRED;
        }
        Optional<HandOver> handedOver = Delegation.handOver(run).filter(handOver -> run.state() == RunState.VERIFYING);
        if (handedOver.isPresent()) {
            return untold(handedOver.get());
        }
        boolean underWay = UNDER_WAY.contains(run.state());
        boolean unseen = fault.kind().passing() && fault.kind() != ServerFault.Kind.METADATA;
        boolean blind = unseen || BLINDING.contains(fault.kind());
        return (underWay && blind) || (run.state() == RunState.VERIFYING && unseen)
                ? RunState.UNKNOWN
                : RunState.FAILED;
    }

    /** What to make of a word whose history another site does not tell. */
    private static RunState untold(HandOver handOver) {
        return handOver.end().equals(Optional.of(RemoteSite.End.FAILED)) ? RunState.FAILED : RunState.UNKNOWN;
    }
}
