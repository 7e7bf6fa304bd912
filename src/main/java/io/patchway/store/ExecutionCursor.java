package io.patchway.store;

import io.patchway.run.BadCursorException;
import io.patchway.run.window.WindowExecution;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A place in the list of a window's executions, the newest first. */
record ExecutionCursor(Instant startedAt, UUID id) {
    /** Before the newest. */
    static final ExecutionCursor NEWEST = new ExecutionCursor(
            Instant.parse("9999-01-01T00:00:00Z"), UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"));

    private static final String BETWEEN = "_";

    static ExecutionCursor at(WindowExecution execution) {
        return new ExecutionCursor(execution.startedAt().truncatedTo(ChronoUnit.MICROS), execution.id());
    }

    /** @throws BadCursorException when the text is no such place */
    static ExecutionCursor of(String text) {
        String[] parts = text.split(BETWEEN, 2);
        try {
            return new ExecutionCursor(Instant.parse(parts[0]), UUID.fromString(parts[parts.length - 1]));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new BadCursorException(text, e);
        }
    }

    @Override
    public String toString() {
        return startedAt + BETWEEN + id;
    }
}
