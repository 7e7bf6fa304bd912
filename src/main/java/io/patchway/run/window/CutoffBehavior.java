package io.patchway.run.window;

/** What becomes of a task that is under way when the cutoff of its window comes. */
public enum CutoffBehavior {
    /** It goes on until the window closes; also servers that have not begun may. */
    CONTINUE_TASK,
    /** It is cancelled: what has begun on a server ends at the next point where it can end. */
    CANCEL_TASK
}
