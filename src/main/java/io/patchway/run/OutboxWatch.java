package io.patchway.run;

import io.patchway.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises an alert when messages wait in the outbox for too long. To be called by one thread at a time. */
public final class OutboxWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWatch.class);

    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;
    private final Duration alertAfter;
    private Instant nextAlert = Instant.MIN;

    /** @param alertAfter how long a message may wait, and the least time between two alerts */
    public OutboxWatch(Outbox outbox, AuditLog audit, Clock clock, Duration alertAfter) {
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.alertAfter = alertAfter;
    }

    /** Looks at the outbox once, and gives up what nobody tries to send any more. */
    public void look() {
        Instant now = clock.instant();
        outbox.giveUpAbandoned(now);
        Optional<Instant> oldest = outbox.oldestWaiting()
                .filter(promised -> promised.plus(alertAfter).isBefore(now))
                .filter(promised -> !now.isBefore(nextAlert));
        if (oldest.isPresent()) {
            nextAlert = now.plus(alertAfter);
            audit.record(
                    AuditLog.PATCHWAY, "outbox.delayed", "outbox", "the oldest message waits since " + oldest.get());
            LOG.error(
                    "A message has been waiting in the outbox since {}. See GET /api/outbox?state=waiting for what"
                            + " is waiting and why",
                    oldest.get());
        }
    }
}
