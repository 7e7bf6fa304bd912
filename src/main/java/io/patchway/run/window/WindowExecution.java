package io.patchway.run.window;

import io.patchway.window.MaintenanceWindow.Opening;
import io.patchway.window.WindowId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One opening of a window, and what is done in it.
 *
 * @param windowName the window's name at that time
 * @param origin how it came about, for the requests that it makes
 * @param details why the status is what it is, for people; may be empty
 * @param cancelled whether somebody has cancelled it
 */
public record WindowExecution(
        UUID id,
        WindowId window,
        String windowName,
        String origin,
        Opening opening,
        WindowStatus status,
        String details,
        Instant startedAt,
        Optional<Instant> endedAt,
        boolean cancelled,
        List<TaskExecution> tasks) {
    public WindowExecution {
        tasks = List.copyOf(tasks);
    }

    /** An opening at which nothing is done. */
    WindowExecution skipped() {
        return with(
                WindowStatus.SKIPPED_OVERLAPPING,
                "The previous execution of the window was still in progress.",
                Optional.of(startedAt));
    }

    /** The same, cancelled by somebody. */
    public WindowExecution cancelledBySomebody() {
        return new WindowExecution(
                id, window, windowName, origin, opening, status, details, startedAt, endedAt, true, tasks);
    }

    WindowExecution with(WindowStatus newStatus, String why, Optional<Instant> end) {
        return new WindowExecution(
                id, window, windowName, origin, opening, newStatus, why, startedAt, end, cancelled, tasks);
    }

    WindowExecution eachTask(UnaryOperator<TaskExecution> change) {
        return new WindowExecution(
                id,
                window,
                windowName,
                origin,
                opening,
                status,
                details,
                startedAt,
                endedAt,
                cancelled,
                tasks.stream().map(change).toList());
    }

    boolean hasTask(WindowStatus wanted) {
        return tasks.stream().anyMatch(task -> task.status() == wanted);
    }

    /** What people are shown: a cancelled execution that has not ended is being cancelled. */
    public WindowStatus shownStatus() {
        return cancelled && !status.ended() ? WindowStatus.CANCELLING : status;
    }

    public Optional<TaskExecution> task(UUID task) {
        return tasks.stream().filter(each -> each.id().equals(task)).findFirst();
    }
}
