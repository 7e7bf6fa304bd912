package io.patchway.run.machine;

import io.patchway.run.OperationId;
import java.time.Duration;
import java.util.List;

/** Runs commands on Patchway's own machine. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * Runs a command to its end, or to its deadline.
     *
     * @param words the program and its arguments; no shell reads them
     * @param operation what it belongs to; the command finds it in {@code PATCHWAY_OPERATION}
     */
    CommandEnding run(List<String> words, OperationId operation, Duration deadline);
}
