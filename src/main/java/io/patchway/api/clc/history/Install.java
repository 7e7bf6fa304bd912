package io.patchway.api.clc.history;

import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one round installed.
 *
 * @param round 1, 2, …
 * @param begin when the order to install was given
 * @param end when the package manager was done, or when nobody looked any more; empty while it is at work
 * @param trouble whether the package manager said that something went wrong
 * @param results what became of each planned patch, ordered by name; empty until a scan has told
 */
record Install(int round, Instant begin, Optional<Instant> end, boolean trouble, List<PatchChange> results) {
    Install {
        results = List.copyOf(results);
    }

    /** Whether at least one patch is proven to be there. */
    boolean achievedSomething() {
        return results.stream().anyMatch(result -> result.outcome() == Outcome.INSTALLED);
    }

    /** Whether all of them are there, although the package manager complained. */
    boolean doneInSpiteOfTrouble() {
        return trouble && results.stream().allMatch(result -> result.outcome() == Outcome.INSTALLED);
    }
}
