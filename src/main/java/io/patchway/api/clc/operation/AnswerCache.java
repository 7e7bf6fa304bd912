package io.patchway.api.clc.operation;

import io.patchway.run.ExecutionNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers to those who ask again and again. What is remembered is never newer than what was asked for, so no end is
 * told before it came. Thread-safe.
 */
final class AnswerCache {
    private static final Duration LIVE = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private final Map<ExecutionNumber, Kept> answers = new ConcurrentHashMap<>();
    private final int most;
    private final Clock clock;

    /** @param most answers in memory at a time */
    AnswerCache(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** An answer that still counts. */
    Optional<StatusAnswer> find(ExecutionNumber number) {
        return Optional.ofNullable(answers.get(number))
                .filter(kept -> clock.instant().isBefore(kept.until()))
                .map(Kept::answer);
    }

    /** An answer that may be out of date, for when there is no time to find a newer one. */
    Optional<StatusAnswer> findStale(ExecutionNumber number) {
        return Optional.ofNullable(answers.get(number))
                .filter(kept -> clock.instant().isBefore(kept.until().plus(STALE)))
                .map(Kept::answer);
    }

    /** @param settled whether it will never change */
    void keep(ExecutionNumber number, StatusAnswer answer, boolean settled) {
        Instant now = clock.instant();
        if (answers.size() >= most) {
            answers.values().removeIf(kept -> !now.isBefore(kept.until()));
        }
        if (answers.size() >= most) {
            answers.clear();
        }
        answers.put(number, new Kept(answer, now.plus(settled ? SETTLED : LIVE)));
    }

    private record Kept(StatusAnswer answer, Instant until) {}
}
