package io.patchway.api;

import io.patchway.access.CallerNetwork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the calls without the right sign-in by address. Whoever sends too many within a minute is told to wait; the
 * right sign-in is admitted all the same, so that nobody can lock out those who share an address with him. Thread-safe.
 */
public final class RefusedCallers {
    /** What is counted together. */
    public static final Duration SPAN = Duration.ofMinutes(1);

    /** Addresses are cheap: more than these are not remembered, the oldest are forgotten first. */
    private static final int MOST_ADDRESSES = 10_000;

    private final int most;
    private final Clock clock;
    private final Map<String, Refusals> byAddress = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refusals> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Refusals(Instant since, int count) {}

    /** @param most refusals of one address within a minute, before it must wait */
    public RefusedCallers(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /**
     * Counts one more refusal.
     *
     * @return whether there were too many of them
     */
    public synchronized boolean isOneTooMany(String address) {
        Instant now = clock.instant();
        Refusals counted = byAddress.merge(
                CallerNetwork.of(address),
                new Refusals(now, 1),
                (earlier, first) -> earlier.since().plus(SPAN).isAfter(now)
                        ? new Refusals(earlier.since(), earlier.count() + 1)
                        : first);
        return counted.count() > most;
    }
}
