package io.patchway.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.audit.RecordingAuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private Optional<Instant> oldest = Optional.of(NOW);
    private final OutboxWatch watch = new OutboxWatch(new WaitingSince(), audit, clock, Duration.ofMinutes(15));

    @Test
    void anAlertIsRaisedOncePerPeriodWhileAMessageWaitsForTooLong() {
        lookFor(Duration.ofMinutes(15));
        assertThat(audit.lines()).isEmpty();

        lookFor(Duration.ofMinutes(1));
        assertThat(audit.lines())
                .containsExactly("patchway | outbox.delayed | outbox"
                        + " | the oldest message waits since 2026-11-22T02:00:00Z");

        lookFor(Duration.ofMinutes(14));
        assertThat(audit.lines()).hasSize(1);
        lookFor(Duration.ofMinutes(1));
        assertThat(audit.lines()).hasSize(2);
    }

    @Test
    void anEmptyOutboxIsQuiet() {
        oldest = Optional.empty();

        lookFor(Duration.ofHours(2));

        assertThat(audit.lines()).isEmpty();
    }

    private void lookFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            watch.look();
        }
    }

    private final class WaitingSince implements Outbox {
        @Override
        public Page<Entry> list(State state, Optional<UUID> cursor, int limit) {
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public Optional<Boolean> retry(UUID id, String actor, Instant now) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> oldestWaiting() {
            return oldest;
        }

        @Override
        public void giveUpAbandoned(Instant now) {
            assertThat(now).isEqualTo(clock.instant());
        }
    }
}
