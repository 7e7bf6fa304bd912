package io.patchway.run.window;

import io.patchway.run.RequestId;
import io.patchway.run.RequestSummary;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RunState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings an execution as far as it can go at one moment: sees which tasks have ended, cancels what must end, and starts
 * the tasks whose turn it is. Everything that it does may be done again by a node that takes over.
 */
final class ExecutionStep {
    private static final String FAILED = "One or more tasks in the orchestration failed.";

    private final TaskStarter starter;
    private final RolloutLedger rollouts;
    private final Function<RequestId, Optional<RequestSummary>> requests;

    /** @param requests what has become of a request so far */
    ExecutionStep(TaskStarter starter, RolloutLedger rollouts, Function<RequestId, Optional<RequestSummary>> requests) {
        this.starter = starter;
        this.rollouts = rollouts;
        this.requests = requests;
    }

    /** The execution as it stands afterwards. */
    WindowExecution take(WindowExecution execution, Instant now) {
        WindowExecution seen = execution
                .eachTask(task -> starter.recovered(execution, task, now))
                .eachTask(task -> task.underWay() ? observed(task, now) : task);
        return concluded(moved(seen, now), now);
    }

    private WindowExecution moved(WindowExecution execution, Instant now) {
        if (execution.cancelled()) {
            return execution.eachTask(task -> stopped(task, false, "cancelled by a user", now));
        }
        if (!now.isBefore(execution.opening().closes())) {
            return execution.eachTask(task -> timedOut(task, now));
        }
        if (!now.isBefore(execution.opening().cutoff())) {
            return execution.eachTask(task -> cutOff(task, now));
        }
        return started(execution, now);
    }

    private WindowExecution started(WindowExecution execution, Instant now) {
        if (execution.tasks().stream().anyMatch(TaskExecution::underWay)) {
            return execution;
        }
        Optional<Integer> turn = execution.tasks().stream()
                .filter(task -> task.status() == WindowStatus.PENDING)
                .map(task -> task.task().rank())
                .min(Comparator.naturalOrder());
        if (turn.isEmpty()) {
            return execution;
        }
        WindowExecution next = execution.eachTask(
                task -> task.status() == WindowStatus.PENDING && task.task().rank() == turn.get()
                        ? starter.start(execution, task, now)
                        : task);
        return next.equals(execution) ? execution : started(next, now);
    }

    private TaskExecution observed(TaskExecution task, Instant now) {
        Optional<RequestSummary> summary = requests.apply(task.request().orElseThrow());
        if (summary.isEmpty()) {
            return task.ended(WindowStatus.FAILED, "What was recorded about its request is gone.", now);
        }
        return summary.get()
                .endedAt()
                .map(end -> result(task, summary.get(), end))
                .orElse(task);
    }

    private static TaskExecution result(TaskExecution task, RequestSummary summary, Instant end) {
        Map<RunState, Integer> runs = summary.runs();
        int failed = count(runs, RunState.FAILED, RunState.PARTIAL, RunState.UNKNOWN, RunState.NO_PROGRESS);
        int late = count(runs, RunState.DEFERRED);
        int cancelled = count(runs, RunState.CANCELLED);
        String all = " of " + summary.servers() + " servers ";
        if (failed > 0) {
            return task.ended(WindowStatus.FAILED, failed + all + "failed.", end);
        }
        if (late > 0 || (task.cutOff() && cancelled > 0)) {
            return task.ended(WindowStatus.TIMED_OUT, late + cancelled + all + "were not patched in time.", end);
        }
        return cancelled > 0
                ? task.ended(WindowStatus.CANCELLED, cancelled + all + "were cancelled.", end)
                : task.ended(WindowStatus.SUCCESS, "", end);
    }

    private static int count(Map<RunState, Integer> runs, RunState... states) {
        return List.of(states).stream()
                .mapToInt(state -> runs.getOrDefault(state, 0))
                .sum();
    }

    private TaskExecution cutOff(TaskExecution task, Instant now) {
        if (task.status() == WindowStatus.PENDING) {
            return task.ended(WindowStatus.TIMED_OUT, "The cutoff came before it could start.", now);
        }
        return task.task().cutoff().filter(CutoffBehavior.CANCEL_TASK::equals).isPresent()
                ? stopped(task, true, "the cutoff of its maintenance window has come", now)
                : task;
    }

    private static TaskExecution timedOut(TaskExecution task, Instant now) {
        return task.status().ended()
                ? task
                : task.ended(WindowStatus.TIMED_OUT, "It had not ended when the window closed.", now);
    }

    /** Cancels a task. The order to its request is given again when a node that died may not have given it. */
    private TaskExecution stopped(TaskExecution task, boolean byCutoff, String why, Instant now) {
        if (task.status() == WindowStatus.PENDING) {
            return task.ended(WindowStatus.CANCELLED, "It was cancelled before it could start.", now);
        }
        if (!task.underWay() || task.status() == WindowStatus.CANCELLING) {
            return task;
        }
        rollouts.cancel(task.request().orElseThrow(), Set.of(), "cancelled: " + why, now);
        return task.cancelling(byCutoff, "It is being cancelled: " + why + ".");
    }

    private static WindowExecution concluded(WindowExecution execution, Instant now) {
        if (execution.tasks().stream().anyMatch(task -> !task.status().ended())) {
            return execution.with(WindowStatus.IN_PROGRESS, "", Optional.empty());
        }
        Optional<Instant> end = Optional.of(now);
        if (execution.cancelled()) {
            return execution.with(WindowStatus.CANCELLED, "The execution was cancelled.", end);
        }
        if (execution.hasTask(WindowStatus.FAILED)) {
            return execution.with(WindowStatus.FAILED, FAILED, end);
        }
        if (execution.hasTask(WindowStatus.TIMED_OUT)) {
            return execution.with(
                    WindowStatus.TIMED_OUT, "One or more tasks had not ended when the window was cut off.", end);
        }
        if (execution.hasTask(WindowStatus.CANCELLED)) {
            return execution.with(WindowStatus.CANCELLED, "One or more tasks were cancelled.", end);
        }
        return execution.with(WindowStatus.SUCCESS, execution.tasks().isEmpty() ? "No tasks to execute." : "", end);
    }
}
