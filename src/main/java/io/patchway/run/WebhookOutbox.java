package io.patchway.run;

import io.patchway.run.MailOutbox.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Calls of webhooks that were promised together with the state that causes them and wait to be made. */
public interface WebhookOutbox {

    /**
     * Claims the deliveries of a webhook that are due, oldest first, each with a lease. A verdict is never claimed
     * before the delivery that tells of its request was made or given up. What this node had claimed before for the
     * webhook and never marked is due again, whatever its lease.
     */
    List<Delivery> claimDue(String webhook, int limit, Duration lease, Instant now);

    /** Records that the receiver took a delivery. */
    void markSent(Delivery delivery, Instant now);

    /** Records a failure; it is tried again at {@code nextAttempt}. */
    void markFailed(Delivery delivery, String error, Instant nextAttempt);

    /** Gives a delivery up for good; it stays to be seen. */
    void markDead(Delivery delivery, String error, Instant now);

    /**
     * A call to be made.
     *
     * @param deliveryId the same at every attempt, so that a receiver can tell a repetition
     * @param attempts how often it was tried before
     */
    record Delivery(
            String id,
            RequestId request,
            String webhook,
            Kind kind,
            String deliveryId,
            int attempts,
            Instant createdAt) {}
}
