package io.patchway.run.window;

import io.patchway.audit.AuditLog;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestId;
import io.patchway.run.RequestSummary;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RunLedger;
import io.patchway.window.WindowLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What opens windows and what carries their executions on, put together.
 *
 * @param opener looks whether a window is due, and opens one by hand
 * @param runner carries executions on
 */
public record WindowEngine(WindowOpener opener, WindowRunner runner) {

    /**
     * Puts it together.
     *
     * @param requests what has become of a request so far
     * @param punctual how late an opening may be noticed and still count as on time; longer than the time between looks
     */
    public static WindowEngine of(
            Windows windows,
            WindowLedger openings,
            WindowExecutions executions,
            TargetLookup lookup,
            Work work,
            Function<RequestId, Optional<RequestSummary>> requests,
            AuditLog audit,
            Clock clock,
            Duration punctual) {
        ExecutionStep step =
                new ExecutionStep(new TaskStarter(work.desk(), work.runs(), audit), work.rollouts(), requests);
        WindowRunner runner = new WindowRunner(executions, step, clock);
        WindowOpener opener = new WindowOpener(
                windows, new OpeningPlan(lookup), executions, runner, openings, audit, clock, punctual);
        return new WindowEngine(opener, runner);
    }

    /** Where the work of tasks is requested, found again and cancelled. */
    public record Work(RequestDesk desk, RunLedger runs, RolloutLedger rollouts) {}
}
