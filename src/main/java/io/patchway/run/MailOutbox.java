package io.patchway.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Mails that were promised together with the state that causes them and wait to be handed over. */
public interface MailOutbox {

    /**
     * Claims mails that are due, oldest first, each with a lease. A verdict mail is never claimed before the mail that
     * confirms its request was sent or given up.
     */
    List<PendingMail> claimDue(int limit, Duration lease, Instant now);

    void markSent(PendingMail mail, Instant now);

    /** Records a refusal or a failure; it is tried again at {@code nextAttempt}. */
    void markFailed(PendingMail mail, String error, Instant nextAttempt);

    /** Gives a mail up for good, for example after a permanent refusal; it stays to be seen. */
    void markDead(PendingMail mail, String error);

    /**
     * A mail to be sent.
     *
     * @param messageId the stable Message-ID, the same at every attempt, with its angle brackets
     * @param attempts how often it was tried before
     */
    record PendingMail(String id, RequestId request, Kind kind, String messageId, int attempts, Instant createdAt) {}

    /** The two mails of a request. */
    enum Kind {
        REQUESTED,
        VERDICT
    }
}
