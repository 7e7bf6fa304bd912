package io.patchway.run.window;

import io.patchway.run.RequestForm;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is done at each opening of a window.
 *
 * @param document name or ARN of the document that is run, as it was written
 * @param targets conditions as they were written, or ids of the window's targets
 * @param priority tasks with a lower number are carried out first; 0 or more
 * @param maxConcurrency as it was written; the request has it as its rollout
 * @param maxErrors likewise
 * @param cutoff empty: what has begun goes on, but no further server starts, as with a window of a file
 * @param invocation further parameters as they were written, in JSON
 * @param form what is requested; it names servers itself only where a file says so
 */
public record WindowTask(
        UUID id,
        String document,
        List<TargetEntry> targets,
        Optional<Integer> priority,
        Optional<String> maxConcurrency,
        Optional<String> maxErrors,
        Optional<CutoffBehavior> cutoff,
        Optional<String> name,
        Optional<String> description,
        Optional<String> serviceRole,
        Optional<String> invocation,
        Optional<String> logging,
        RequestForm form) {
    public WindowTask {
        targets = List.copyOf(targets);
    }

    /** The place in the order of tasks. */
    public int rank() {
        return priority.orElse(0);
    }

    /** The ids of the window's targets that it names. */
    public List<String> windowTargets() {
        return named().toList();
    }

    /** Whether it names a target of the window. */
    public boolean uses(UUID target) {
        return named().anyMatch(target.toString()::equalsIgnoreCase);
    }

    /** The conditions that name servers without a target of the window. */
    public List<TargetEntry> ownTargets() {
        return targets.stream().filter(entry -> !entry.namesWindowTargets()).toList();
    }

    private Stream<String> named() {
        return targets.stream().filter(TargetEntry::namesWindowTargets).flatMap(entry -> entry.values().stream());
    }
}
