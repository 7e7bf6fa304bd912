package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.run.ExecutionNumber;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final StatusAnswer ANSWER = new StatusAnswer(new ServerId("web-01"), new byte[0]);
    private static final int MOST = 10;

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final AnswerCache cache = new AnswerCache(MOST, clock);

    private long found() {
        return LongStream.rangeClosed(1, 100)
                .filter(number -> cache.find(new ExecutionNumber(number)).isPresent())
                .count();
    }

    @Test
    void whatMayStillChangeCountsForASecond() {
        cache.keep(new ExecutionNumber(1), ANSWER, false);
        clock.advance(Duration.ofMillis(999));
        assertThat(found()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(found()).isZero();
    }

    @Test
    void whatIsOutOfDateServesAWhileLongerWhereNothingNewerCanBeHad() {
        cache.keep(new ExecutionNumber(1), ANSWER, false);
        clock.advance(Duration.ofSeconds(15));
        assertThat(cache.findStale(new ExecutionNumber(1))).contains(ANSWER);
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.findStale(new ExecutionNumber(1))).isEmpty();
        assertThat(cache.findStale(new ExecutionNumber(2))).isEmpty();
    }

    @Test
    void itNeverHoldsMoreThanItMay() {
        for (int number = 1; number <= 100; number++) {
            cache.keep(new ExecutionNumber(number), ANSWER, true);
            assertThat(found()).isBetween(1L, (long) MOST);
        }
    }
}
