package io.patchway.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts by name within a span of time that begins with the first. Not thread-safe. */
final class Tally {
    /** More names than these are not remembered, the oldest are forgotten first. */
    private static final int MOST_NAMES = 50_000;

    private final int most;
    private final Duration span;
    private final Clock clock;
    private final Map<String, Count> byName = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_NAMES;
        }
    };

    private record Count(Instant end, int number) {}

    /** @param most how many there may be within the span */
    Tally(int most, Duration span, Clock clock) {
        this.most = most;
        this.span = span;
        this.clock = clock;
    }

    /** How long to wait until there may be one more; empty when there may be one now. */
    Optional<Duration> wait(String name) {
        return present(name)
                .filter(count -> count.number() >= most)
                .map(count -> Duration.between(clock.instant(), count.end()));
    }

    void add(String name) {
        Count next = present(name)
                .map(count -> new Count(count.end(), count.number() + 1))
                .orElseGet(() -> new Count(clock.instant().plus(span), 1));
        byName.put(name, next);
    }

    /** Takes one back that was added. */
    void takeBack(String name) {
        byName.computeIfPresent(
                name, (same, count) -> count.number() <= 1 ? null : new Count(count.end(), count.number() - 1));
    }

    void forget(String name) {
        byName.remove(name);
    }

    private Optional<Count> present(String name) {
        Optional<Count> count = Optional.ofNullable(byName.get(name));
        if (count.filter(there -> !there.end().isAfter(clock.instant())).isPresent()) {
            byName.remove(name);
            return Optional.empty();
        }
        return count;
    }
}
