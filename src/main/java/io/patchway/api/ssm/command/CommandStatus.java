package io.patchway.api.ssm.command;

import io.patchway.rollout.Rollout;
import io.patchway.run.CommandHistory.Command;
import io.patchway.run.RunState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a command, or its work on one node, stands.
 *
 * @param status the word of the service
 * @param details a more exact word
 */
record CommandStatus(String status, String details) {
    private static final CommandStatus PENDING = plain("Pending");
    private static final CommandStatus IN_PROGRESS = plain("InProgress");
    private static final CommandStatus CANCELLING = plain("Cancelling");
    private static final CommandStatus CANCELLED = plain("Cancelled");
    private static final CommandStatus SUCCESS = plain("Success");
    private static final CommandStatus FAILED = plain("Failed");
    private static final CommandStatus TERMINATED = new CommandStatus("Cancelled", "Terminated");
    private static final CommandStatus TOO_MANY_ERRORS = new CommandStatus("Failed", "RateExceeded");
    private static final CommandStatus NOT_DELIVERED = new CommandStatus("TimedOut", "DeliveryTimedOut");
    private static final CommandStatus NOT_FINISHED = new CommandStatus("TimedOut", "ExecutionTimedOut");

    private static final Set<RunState> WAITING = EnumSet.of(RunState.QUEUED, RunState.WAITING_WINDOW);
    private static final Set<RunState> ERRORS =
            EnumSet.of(RunState.FAILED, RunState.PARTIAL, RunState.NO_PROGRESS, RunState.UNKNOWN);

    private static CommandStatus plain(String word) {
        return new CommandStatus(word, word);
    }

    /**
     * The work on one node.
     *
     * @param begun whether anything was done on it
     * @param cancelled whether somebody wants it to end
     * @param tooManyErrors whether the command stopped because of its errors
     */
    static CommandStatus of(RunState state, boolean begun, boolean cancelled, boolean tooManyErrors) {
        if (cancelled && !state.ended()) {
            return CANCELLING;
        }
        return switch (state) {
            case QUEUED, WAITING_WINDOW -> PENDING;
            case PRECHECK, SCANNING, INSTALLING, REBOOTING, WAITING_FOR_RETURN, VERIFYING, OPERATING -> IN_PROGRESS;
            case SUCCEEDED, SUCCEEDED_REBOOT_PENDING -> SUCCESS;
            case PARTIAL, FAILED, UNKNOWN, NO_PROGRESS -> FAILED;
            case DEFERRED -> begun ? NOT_FINISHED : NOT_DELIVERED;
            case CANCELLED -> tooManyErrors ? TERMINATED : CANCELLED;
        };
    }

    /** A command as a whole. It fails when more nodes failed than it may have errors. */
    static CommandStatus of(Command command, CommandMemo memo) {
        Map<RunState, Integer> runs = command.request().runs();
        boolean ended = command.request().endedAt().isPresent();
        boolean stopped = count(runs, EnumSet.of(RunState.CANCELLED)) > 0 || command.cancelled();
        if (tooManyErrors(command, memo)) {
            return ended ? (stopped ? TOO_MANY_ERRORS : FAILED) : IN_PROGRESS;
        }
        if (!ended) {
            return command.cancelled()
                    ? CANCELLING
                    : runs.keySet().stream().allMatch(WAITING::contains) ? PENDING : IN_PROGRESS;
        }
        if (stopped) {
            return CANCELLED;
        }
        return runs.containsKey(RunState.DEFERRED) ? NOT_DELIVERED : SUCCESS;
    }

    /** Nodes that failed. */
    static int errors(Command command) {
        return count(command.request().runs(), ERRORS);
    }

    /** Nodes whose work has ended. */
    static int completed(Command command) {
        return command.request().runs().entrySet().stream()
                .filter(entry -> entry.getKey().ended())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Nodes that could not be worked on in time. */
    static int notDelivered(Command command) {
        return count(command.request().runs(), EnumSet.of(RunState.DEFERRED));
    }

    /** Whether more nodes have failed than the command may have errors. */
    static boolean tooManyErrors(Command command, CommandMemo memo) {
        Rollout rollout = memo.rate().rollout();
        return errors(command) > rollout.errors(command.request().servers());
    }

    private static int count(Map<RunState, Integer> runs, Set<RunState> states) {
        return runs.entrySet().stream()
                .filter(entry -> states.contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
