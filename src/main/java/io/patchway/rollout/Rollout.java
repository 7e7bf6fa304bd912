package io.patchway.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a request goes through its servers, as it was asked for.
 *
 * @param maxConcurrency servers that are worked on at once; a percentage is rounded down, but is at least one
 * @param errorBudget servers that may fail; one more, and no further server is started. A percentage is rounded down
 * @param disruptionBudget servers that may be worked on or have failed, both together, at once; at least one
 * @param waves how many servers have had their turn after each wave; a percentage is rounded up. Each is larger than
 *     the one before, and the last is all of them
 * @param soak time between the end of a wave and the next one
 * @param gate name of the health gate that must let through each further wave
 * @param groupOrder server groups, one after the other; each goes through the waves by itself, and servers of no named
 *     group come last
 * @param stopAtFailure what happens when the error budget is spent: true cancels what was not started, false holds it
 *     back until somebody resumes or cancels
 */
public record Rollout(
        Optional<Share> maxConcurrency,
        Optional<Share> errorBudget,
        Optional<Share> disruptionBudget,
        List<Share> waves,
        Duration soak,
        Optional<String> gate,
        List<String> groupOrder,
        boolean stopAtFailure) {

    /** Nothing is held back. */
    public static final Rollout ALL_AT_ONCE = new Rollout(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Duration.ZERO,
            Optional.empty(),
            List.of(),
            false);

    /** What a large fleet gets when its request says nothing: one server first, and a stop when one in twenty fails. */
    public static final Rollout CAUTIOUS = new Rollout(
            Optional.of(Share.of("25%")),
            Optional.of(Share.of("5%")),
            Optional.empty(),
            List.of(Share.of(1), Share.of("5%"), Share.of("25%"), Share.ALL),
            Duration.ZERO,
            Optional.empty(),
            List.of(),
            false);

    public Rollout {
        waves = List.copyOf(waves);
        groupOrder = List.copyOf(groupOrder);
    }

    /** Whether all servers may start at once, and none is ever held back. */
    public boolean allAtOnce() {
        return equals(ALL_AT_ONCE);
    }

    /** Servers that may be worked on at once. */
    public int concurrency(int servers) {
        return maxConcurrency
                .map(share -> Math.max(1, share.roundedDown(servers)))
                .orElse(servers);
    }

    /** Servers that may fail. */
    public int errors(int servers) {
        return errorBudget.map(share -> share.roundedDown(servers)).orElse(servers);
    }

    /** Servers that may be worked on or have failed. */
    public int disruption(int servers) {
        return disruptionBudget
                .map(share -> Math.max(1, share.roundedDown(servers)))
                .orElse(Integer.MAX_VALUE);
    }
}
