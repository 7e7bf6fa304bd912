package io.patchway.run.window;

import io.patchway.run.RequestId;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One task at one opening.
 *
 * @param task the task as it was when the window opened
 * @param selected the servers that it was for then
 * @param status never {@link WindowStatus#SKIPPED_OVERLAPPING}
 * @param details why it is so, for people; may be empty
 * @param request what was requested; empty while nothing was
 * @param cutOff whether it was cancelled because the cutoff had come
 */
public record TaskExecution(
        UUID id,
        WindowTask task,
        List<Selected> selected,
        WindowStatus status,
        String details,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<RequestId> request,
        boolean cutOff) {
    public TaskExecution {
        selected = List.copyOf(selected);
    }

    /** A task that waits for its turn. */
    public static TaskExecution pending(UUID id, WindowTask task, List<Selected> selected) {
        return new TaskExecution(
                id,
                task,
                selected,
                WindowStatus.PENDING,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    TaskExecution started(RequestId requested, Instant now) {
        return new TaskExecution(
                id,
                task,
                selected,
                WindowStatus.IN_PROGRESS,
                "",
                Optional.of(now),
                Optional.empty(),
                Optional.of(requested),
                false);
    }

    TaskExecution cancelling(boolean byCutoff, String why) {
        return new TaskExecution(
                id, task, selected, WindowStatus.CANCELLING, why, startedAt, endedAt, request, byCutoff);
    }

    TaskExecution ended(WindowStatus result, String why, Instant now) {
        return new TaskExecution(
                id,
                task,
                selected,
                result,
                why,
                startedAt.or(() -> Optional.of(now)),
                Optional.of(now),
                request,
                cutOff);
    }

    /** Whether it has been requested and has not ended. */
    public boolean underWay() {
        return request.isPresent() && !status.ended();
    }

    /** All servers that it is for, each once. */
    public List<ServerId> servers() {
        return selected.stream()
                .flatMap(each -> each.servers().stream())
                .distinct()
                .toList();
    }

    /** What selected a server. */
    public Optional<Selected> selecting(ServerId server) {
        return selected.stream().filter(each -> each.servers().contains(server)).findFirst();
    }

    /**
     * Servers that were meant when the window opened.
     *
     * @param target the target of the window that means them; empty: the task itself names them
     */
    public record Selected(Optional<UUID> target, Optional<String> ownerInformation, List<ServerId> servers) {
        public Selected {
            servers = List.copyOf(servers);
        }
    }
}
