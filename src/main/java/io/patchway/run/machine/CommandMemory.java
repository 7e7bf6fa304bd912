package io.patchway.run.machine;

import io.patchway.run.OperationId;
import io.patchway.run.RunId;
import java.time.Instant;
import java.util.Optional;

/** Remembers which commands were begun and how they ended, whatever becomes of this process. */
public interface CommandMemory {

    /**
     * Notes that a command is about to be started. What this returns has been committed.
     *
     * @return false when that was noted before: it may have been started
     */
    boolean begin(RunId run, OperationId operation, Instant now);

    /** Whether it was begun at any time. */
    boolean begun(OperationId operation);

    void ended(OperationId operation, CommandEnding ending, Instant now);

    /** How the command ended; empty when it was never begun, or nobody saw it end. */
    Optional<CommandEnding> ending(OperationId operation);
}
