package io.patchway.run;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was recorded about a request.
 *
 * @param endedAt when its last run ended; empty while one is going on
 */
public record RequestReport(PatchRequest request, Optional<Instant> endedAt, List<RunReport> runs) {
    public RequestReport {
        runs = List.copyOf(runs);
    }

    /** Whether every run ended as it should. */
    public boolean succeeded() {
        return endedAt.isPresent() && runs.stream().allMatch(run -> run.state() == RunState.SUCCEEDED);
    }

    /**
     * Everything that was recorded about one server run.
     *
     * @param rounds rounds begun
     * @param reboots proven reboots
     * @param endedAt empty while the run is going on
     * @param lastError the last trouble, for people; empty when there was none
     * @param changes what became of patches, in the order of rounds
     * @param notes the time line
     */
    public record RunReport(
            RunId id,
            ExecutionNumber number,
            ServerId server,
            RunState state,
            int rounds,
            int reboots,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<String> lastError,
            List<PatchChange> changes,
            List<RunNote> notes) {
        public RunReport {
            changes = List.copyOf(changes);
            notes = List.copyOf(notes);
        }
    }
}
