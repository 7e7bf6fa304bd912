package io.patchway.run.window;

import io.patchway.run.window.WindowExecutions.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Carries executions on, look by look. Any number of nodes may do so; each look at an execution is had by one. */
public final class WindowRunner {
    private static final int MOST_AT_ONCE = 100;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final WindowExecutions executions;
    private final ExecutionStep step;
    private final Clock clock;

    WindowRunner(WindowExecutions executions, ExecutionStep step, Clock clock) {
        this.executions = executions;
        this.step = step;
        this.clock = clock;
    }

    /** Executions that must be looked at now. */
    public List<UUID> due() {
        return executions.due(MOST_AT_ONCE, clock.instant());
    }

    /** Looks at one execution, unless another node does. */
    public void advance(UUID id) {
        Instant now = clock.instant();
        executions.claim(id, LEASE, now).ifPresent(claim -> advance(claim, now));
    }

    private void advance(Claimed claim, Instant now) {
        WindowExecution next = step.take(claim.execution(), now);
        Optional<Instant> again = next.status().ended() ? Optional.empty() : Optional.of(now.plus(PAUSE));
        executions.save(claim, next, again);
    }
}
