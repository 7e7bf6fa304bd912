package io.patchway.run;

import io.patchway.run.MailOutbox.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Everything that was promised to somebody outside, mails and webhooks alike, for people to look at. */
public interface Outbox {

    /**
     * The entries of one state, oldest first.
     *
     * @param cursor where the page begins: the {@code next} of the page before it
     */
    Page<Entry> list(State state, Optional<UUID> cursor, int limit);

    /**
     * Makes an entry due at once, also one that was given up, and tells the audit log.
     *
     * @param actor who asked for it
     * @return empty when there is no such entry; otherwise whether it can be tried again: not when it was sent
     */
    Optional<Boolean> retry(UUID id, String actor, Instant now);

    /** When the entry that has been waiting longest was promised; empty when none is waiting. */
    Optional<Instant> oldestWaiting();

    /**
     * Gives up entries that nobody has tried to send for a day although they were due, and that have waited for more
     * than a week: those of a webhook that was taken out of the configuration.
     */
    void giveUpAbandoned(Instant now);

    /** What became of an entry. */
    enum State {
        WAITING,
        SENT,
        DEAD
    }

    /**
     * One message to one receiver.
     *
     * @param channel {@code MAIL} or {@code WEBHOOK}
     * @param receiver the webhook's name, or {@code recipients} for the recipients of the request
     * @param deliveryId the same at every attempt; the Message-ID of a mail
     * @param dueAt when it is tried next; empty unless it is waiting
     * @param endedAt when it was sent or given up
     * @param remark the last error, or what else is worth knowing
     */
    record Entry(
            UUID id,
            RequestId request,
            String channel,
            String receiver,
            Kind kind,
            String deliveryId,
            State state,
            Instant createdAt,
            int attempts,
            Optional<Instant> dueAt,
            Optional<Instant> endedAt,
            Optional<String> remark) {}
}
