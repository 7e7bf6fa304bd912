package io.patchway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.MailOutbox;
import io.patchway.run.RequestId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailRoomTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final MailRoom room = new MailRoom(outbox, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @Survives(7)
    void aMailIsTriedForDays() {
        room.failed(mail(3, NOW.minus(Duration.ofDays(6))), new IOException("connection refused"));

        assertThat(outbox.events).containsExactly("failed until 2026-11-22T02:00:08Z: connection refused");
    }

    @Test
    void aMailIsGivenUpAfterAWeek() {
        room.failed(mail(700, NOW.minus(Duration.ofDays(8))), new IOException("connection refused"));

        assertThat(outbox.events).containsExactly("dead: connection refused");
    }

    private static MailOutbox.PendingMail mail(int attempts, Instant createdAt) {
        return new MailOutbox.PendingMail(
                "1",
                RequestId.next(),
                MailOutbox.Kind.REQUESTED,
                "<1@example.org>",
                Optional.empty(),
                Set.of(),
                attempts,
                createdAt);
    }

    private static final class RecordingOutbox implements MailOutbox {
        private final List<String> events = new ArrayList<>();

        @Override
        public List<PendingMail> claimDue(int limit, Duration lease, Instant now) {
            return List.of();
        }

        @Override
        public void markSent(PendingMail mail, Optional<String> remark, Instant now) {
            events.add("sent");
        }

        @Override
        public void markFailed(PendingMail mail, Set<String> settled, String error, Instant nextAttempt) {
            events.add("failed until " + nextAttempt + ": " + error);
        }

        @Override
        public void markDead(PendingMail mail, String error, Instant now) {
            events.add("dead: " + error);
        }
    }
}
