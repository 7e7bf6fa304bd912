package io.patchway.api.clc.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.PatchChange;
import io.patchway.run.RunState;
import io.patchway.server.PatchFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Executions as JSON, with exactly the published members. A time is UTC in whole seconds, and the empty text while
 * there is none.
 */
final class HistoryDocument {
    private HistoryDocument() {}

    /**
     * An execution in the list of a server.
     *
     * @param id such as {@code WA1-132457}
     * @param family what the server's package manager is
     */
    static ObjectNode summary(String id, Execution execution, Optional<PatchFamily> family) {
        ObjectNode root = head(id, execution);
        var messages = root.putArray("init_messages");
        for (Attempt attempt : execution.attempts()) {
            messages.addObject()
                    .put("start_time", time(attempt.begin()))
                    .put("end_time", time(attempt.end()))
                    .put("init_begin_message", Words.invoking(family))
                    .put("init_end_message", attempt.message());
        }
        return root;
    }

    /**
     * An execution and each of its patches.
     *
     * @param planned what the install that goes on wants to bring
     */
    static ObjectNode detail(String id, Execution execution, List<PatchChange> planned, Instant now) {
        ObjectNode root = head(id, execution);
        root.put("duration", duration(execution, now));
        root.put("begin_message", Words.BEGIN);
        root.put("end_message", execution.endMessage());
        var patches = root.putArray("patches");
        for (PatchLine patch : PatchLine.of(execution, planned)) {
            patches.addObject()
                    .put("start_time", time(patch.begin()))
                    .put("end_time", time(patch.end()))
                    .put("patch_begin_message", patch.installing())
                    .put("patch_end_message", "Result Code: " + patch.resultCode())
                    .put("status", patch.status());
        }
        return root;
    }

    private static ObjectNode head(String id, Execution execution) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("execution_id", id)
                .put("status", status(execution.run().state()))
                .put("start_time", time(execution.run().startedAt()))
                .put("end_time", time(execution.run().endedAt()));
    }

    private static String status(RunState state) {
        return switch (state) {
            case QUEUED, WAITING_WINDOW -> "PENDING";
            case SUCCEEDED, SUCCEEDED_REBOOT_PENDING -> "COMPLETED";
            case PARTIAL, FAILED, UNKNOWN, DEFERRED, CANCELLED, NO_PROGRESS -> "FAILED";
            default -> "RUNNING";
        };
    }

    /** Minutes, as many as there are, and seconds; so far, of one that goes on. Empty for one that has not begun. */
    private static String duration(Execution execution, Instant now) {
        return execution
                .run()
                .startedAt()
                .map(begin -> Duration.between(
                        seconds(begin), seconds(execution.run().endedAt().orElse(now))))
                .map(took -> took.isNegative() ? Duration.ZERO : took)
                .map(took -> took.toMinutes() + "m " + took.toSecondsPart() + "s")
                .orElse("");
    }

    private static String time(Instant instant) {
        return seconds(instant).toString();
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String time(Optional<Instant> instant) {
        return instant.map(HistoryDocument::time).orElse("");
    }
}
