package io.patchway.webhook;

import io.patchway.run.BackOff;
import io.patchway.run.WebhookOutbox;
import io.patchway.run.WebhookOutbox.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands out the deliveries that are due and notes what became of each. Thread-safe. */
public final class WebhookRoom {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoom.class);
    private static final int AT_ONCE = 10;
    /** Longer than so many calls of a receiver that answers as late as it may. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    private final WebhookOutbox outbox;
    private final Clock clock;

    public WebhookRoom(WebhookOutbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Claims what is due for a webhook, oldest first. */
    public List<Delivery> claimDue(String webhook) {
        return outbox.claimDue(webhook, AT_ONCE, LEASE, clock.instant());
    }

    /** Notes that the receiver took it. */
    public void sent(Delivery delivery) {
        outbox.markSent(delivery, clock.instant());
        LOG.debug("Webhook delivery {} was taken", delivery.deliveryId());
    }

    /** Notes a failure, and decides whether there will be another attempt. */
    public void failed(Delivery delivery, Exception failure) {
        CallFailure reason = CallFailure.of(failure);
        Instant now = clock.instant();
        if (reason.forGood() || BackOff.isOver(delivery.createdAt(), now)) {
            outbox.markDead(delivery, reason.text(), now);
            LOG.error("Webhook delivery {} is given up: {}", delivery.deliveryId(), reason.text());
            return;
        }
        Duration pause = BackOff.pauseAfter(delivery.attempts());
        outbox.markFailed(delivery, reason.text(), now.plus(pause));
        LOG.warn(
                "Webhook delivery {} did not succeed (attempt {}), next attempt in {} s: {}",
                delivery.deliveryId(),
                delivery.attempts() + 1,
                pause.toSeconds(),
                reason.text());
    }
}
