package io.patchway.run;

import java.util.Optional;

/**
 * What became of a hook that was begun on a server.
 *
 * @param status its exit status, 124 when it took too long; empty: it was interrupted
 * @param output the end of what it said, at most a few kilobytes
 */
public record HookResult(HookOccasion occasion, Optional<Integer> status, String output) {
    /** Whether it ended with 0. */
    public boolean succeeded() {
        return status.equals(Optional.of(0));
    }
}
