package io.patchway.run.window;

import io.patchway.window.WindowId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The maintenance windows that were made through the API. Any number of nodes may share it. Each change goes into the
 * audit log together with what it changes.
 */
public interface WindowBook {

    /**
     * Adds a window.
     *
     * @return false when one with its id is there
     */
    boolean add(StoredWindow window, Act act, Instant now);

    Optional<StoredWindow> find(WindowId id);

    /** All windows, the oldest first. */
    List<StoredWindow> all();

    /** The windows that are not switched off. */
    Set<WindowId> enabled();

    /**
     * Changes a window while nobody else can. What the change throws leaves the window as it was.
     *
     * @param change may be called more than once
     * @return the window as it is now; empty when there is none
     */
    Optional<StoredWindow> change(WindowId id, UnaryOperator<StoredWindow> change, Act act, Instant now);

    /** Removes a window. What was done in it stays in the history. */
    boolean remove(WindowId id, Act act, Instant now);

    /**
     * Who does what, for the audit log.
     *
     * @param action such as {@code window.created}
     */
    record Act(String actor, String action, String detail) {}
}
