package io.patchway.run.window;

import io.patchway.run.Page;
import io.patchway.window.WindowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lets a node die when it is about to record how an execution stands. */
final class DyingExecutions implements WindowExecutions {
    private final WindowExecutions kept;
    private int left;

    /** @param left the record at which it dies, from 1 */
    DyingExecutions(WindowExecutions kept, int left) {
        this.kept = kept;
        this.left = left;
    }

    @Override
    public boolean save(Claimed claim, WindowExecution execution, Optional<Instant> next) {
        left--;
        if (left <= 0) {
            throw new Killed();
        }
        return kept.save(claim, execution, next);
    }

    @Override
    public Opened open(WindowExecution execution) {
        return kept.open(execution);
    }

    @Override
    public void addEnded(WindowExecution execution) {
        kept.addEnded(execution);
    }

    @Override
    public List<UUID> due(int limit, Instant now) {
        return kept.due(limit, now);
    }

    @Override
    public Optional<Claimed> claim(UUID id, Duration lease, Instant now) {
        return kept.claim(id, lease, now);
    }

    @Override
    public boolean cancel(UUID id, String actor, Instant now) {
        return kept.cancel(id, actor, now);
    }

    @Override
    public Optional<WindowExecution> find(UUID id) {
        return kept.find(id);
    }

    @Override
    public Optional<WindowExecution> goingOn(WindowId window) {
        return kept.goingOn(window);
    }

    @Override
    public Page<WindowExecution> of(WindowId window, Optional<String> cursor, int limit) {
        return kept.of(window, cursor, limit);
    }
}
