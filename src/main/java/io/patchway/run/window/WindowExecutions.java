package io.patchway.run.window;

import io.patchway.run.Page;
import io.patchway.window.WindowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Remembers what is and was done at the openings of windows. Any number of nodes may share it. */
public interface WindowExecutions {

    /** Adds an execution that is due at once, unless it is there already or another one of its window is going on. */
    Opened open(WindowExecution execution);

    /** Adds an execution that has ended; one that is there already stays. */
    void addEnded(WindowExecution execution);

    /** Executions that must be looked at now, the longest due first. */
    List<UUID> due(int limit, Instant now);

    /**
     * Gives a due execution to the caller for a while.
     *
     * @return empty when it is not due, for example because another node was faster
     */
    Optional<Claimed> claim(UUID id, Duration lease, Instant now);

    /**
     * Records how an execution stands.
     *
     * @param next when to look again; empty when it has ended
     * @return false when the claim was lost; then nothing was recorded
     */
    boolean save(Claimed claim, WindowExecution execution, Optional<Instant> next);

    /**
     * Has an execution cancelled at the next look; one that has ended stays as it is.
     *
     * @return false when there is none
     */
    boolean cancel(UUID id, String actor, Instant now);

    Optional<WindowExecution> find(UUID id);

    /** The execution of a window that is going on. */
    Optional<WindowExecution> goingOn(WindowId window);

    /** The executions of a window, the newest first. Throws a {@code BadCursorException} for a foreign cursor. */
    Page<WindowExecution> of(WindowId window, Optional<String> cursor, int limit);

    /** An execution in the hands of one node. */
    record Claimed(WindowExecution execution, long fence) {}

    /** What became of an attempt to add an execution. */
    enum Opened {
        NEW,
        /** The same was added before. */
        KNOWN,
        /** Another execution of the window is going on. */
        OVERLAPS
    }
}
