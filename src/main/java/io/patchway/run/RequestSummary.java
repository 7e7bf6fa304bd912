package io.patchway.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request in short: everything but its server runs, of which there may be thousands.
 *
 * @param baseline name of the baseline for all servers; empty: each server's own
 * @param scriptPackage name of the script package; empty when none was named
 * @param endedAt when its last run ended; empty while one is going on
 * @param runs how many server runs are in each state
 */
public record RequestSummary(
        RequestId id,
        Operation operation,
        RebootOption rebootOption,
        int maxRounds,
        String origin,
        String requester,
        Optional<String> baseline,
        Optional<String> scriptPackage,
        Instant acceptedAt,
        Optional<Instant> endedAt,
        Map<RunState, Integer> runs) {
    public RequestSummary {
        runs = Map.copyOf(runs);
    }

    /** The same request with these numbers of runs. */
    public RequestSummary with(Map<RunState, Integer> newRuns) {
        return new RequestSummary(
                id,
                operation,
                rebootOption,
                maxRounds,
                origin,
                requester,
                baseline,
                scriptPackage,
                acceptedAt,
                endedAt,
                newRuns);
    }

    /** Whether every run ended as it should. */
    public boolean succeeded() {
        return endedAt.isPresent() && runs.keySet().equals(Set.of(RunState.SUCCEEDED));
    }

    /** How many servers it is for. */
    public int servers() {
        return runs.values().stream().mapToInt(Integer::intValue).sum();
    }
}
