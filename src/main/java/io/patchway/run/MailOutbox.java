package io.patchway.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mails that were promised together with the state that causes them and wait to be handed over. */
public interface MailOutbox {

    /**
     * Claims mails that are due, oldest first, each with a lease. A verdict mail is never claimed before the mail that
     * confirms its request was sent or given up. What this node had claimed before and never marked is due again,
     * whatever its lease; so a node deals with what it has claimed before it claims more.
     */
    List<PendingMail> claimDue(int limit, Duration lease, Instant now);

    /**
     * Records that a mail was handed over.
     *
     * @param remark what is worth knowing besides, such as recipients that were refused for good
     */
    void markSent(PendingMail mail, Optional<String> remark, Instant now);

    /**
     * Records a refusal or a failure; it is tried again at {@code nextAttempt}.
     *
     * @param settled recipients that need no further attempt, because they have the mail or were refused for good
     */
    void markFailed(PendingMail mail, Set<String> settled, String error, Instant nextAttempt);

    /** Gives a mail up for good, for example after a permanent refusal; it stays to be seen. */
    void markDead(PendingMail mail, String error, Instant now);

    /**
     * A mail to be sent.
     *
     * @param messageId the stable Message-ID, the same at every attempt, with its angle brackets
     * @param answers Message-ID of the mail that this one answers
     * @param settled recipients that earlier attempts have dealt with
     * @param attempts how often it was tried before
     */
    record PendingMail(
            String id,
            RequestId request,
            Kind kind,
            String messageId,
            Optional<String> answers,
            Set<String> settled,
            int attempts,
            Instant createdAt) {
        public PendingMail {
            settled = Set.copyOf(settled);
        }
    }

    /** The two mails of a request, and the one that tells of servers that came back after the verdict. */
    enum Kind {
        REQUESTED,
        VERDICT,
        RETURNED
    }
}
