package io.patchway.mail;

import io.patchway.run.BackOff;
import io.patchway.run.MailOutbox;
import io.patchway.run.MailOutbox.PendingMail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands out the mails that are due and notes what became of each. Thread-safe. */
public final class MailRoom {
    private static final Logger LOG = LoggerFactory.getLogger(MailRoom.class);

    /** Longer than the slowest dialogue with a mail server: some ten commands with their deadlines. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final MailOutbox outbox;
    private final Clock clock;

    MailRoom(MailOutbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Claims the mail that has been due longest. One at a time: the mails behind it must not lose their leases while a
     * slow mail server keeps us waiting.
     *
     * @return one mail, or none when none is due
     */
    public List<PendingMail> claimNext() {
        return outbox.claimDue(1, LEASE, clock.instant());
    }

    /** Notes that everybody has the mail. */
    public void sent(PendingMail mail) {
        outbox.markSent(mail, Optional.empty(), clock.instant());
        LOG.debug("Mail {} was handed over", mail.messageId());
    }

    /** Notes a failure, and decides whether there will be another attempt. */
    public void failed(PendingMail mail, Exception failure) {
        Refusal refusal = Refusal.of(failure);
        Instant now = clock.instant();
        Duration pause = BackOff.pauseAfter(mail.attempts());
        boolean isTooLate = BackOff.isOver(mail.createdAt(), now);
        if (refusal.waiting() && !isTooLate) {
            outbox.markFailed(mail, refusal.settled(), refusal.reason(), now.plus(pause));
            LOG.warn(
                    "Mail {} could not be sent (attempt {}), next attempt in {} s: {}",
                    mail.messageId(),
                    mail.attempts() + 1,
                    pause.toSeconds(),
                    refusal.reason());
        } else if (refusal.delivered().isEmpty() && mail.settled().isEmpty()) {
            outbox.markDead(mail, refusal.reason(), now);
            LOG.error("Mail {} is given up: {}", mail.messageId(), refusal.reason());
        } else {
            noteRefused(mail, refusal, now);
        }
    }

    private void noteRefused(PendingMail mail, Refusal refusal, Instant now) {
        outbox.markSent(mail, Optional.of("refused for " + refusal.refused() + ": " + refusal.reason()), now);
        LOG.warn("Mail {} was refused for {}: {}", mail.messageId(), refusal.refused(), refusal.reason());
    }
}
