package io.patchway.store;

import io.patchway.run.MailOutbox;
import io.patchway.run.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;

/** The mails of the outbox in a database. Thread-safe. */
public final class SqlMailOutbox implements MailOutbox {
    private final OutboxClaims claims;

    /** @param node whose claims these are */
    public SqlMailOutbox(Database database, String node) {
        this.claims = new OutboxClaims(database, OutboxChannel.MAIL, node);
    }

    @Override
    public List<PendingMail> claimDue(int limit, Duration lease, Instant now) {
        return claims.claimDue(OutboxChannel.RECIPIENTS, limit, lease, now, SqlMailOutbox::mail, SqlMailOutbox::claim);
    }

    private static PendingMail mail(RowView row) {
        return new PendingMail(
                row.getColumn("id", UUID.class).toString(),
                new RequestId(row.getColumn("request_id", UUID.class)),
                row.getColumn("kind", Kind.class),
                row.getColumn("delivery_id", String.class),
                RequestRows.optional(row, "answers", String.class),
                Set.copyOf(JsonText.readTexts(row.getColumn("settled", String.class))),
                row.getColumn("attempts", Integer.class),
                row.getColumn("created_at", Instant.class));
    }

    @Override
    public void markSent(PendingMail mail, Optional<String> remark, Instant now) {
        claims.markSent(claim(mail), remark, now);
    }

    @Override
    public void markFailed(PendingMail mail, Set<String> settled, String error, Instant nextAttempt) {
        Set<String> all = new HashSet<>(mail.settled());
        all.addAll(settled);
        claims.markFailed(claim(mail), all, error, nextAttempt);
    }

    @Override
    public void markDead(PendingMail mail, String error, Instant now) {
        claims.markDead(claim(mail), error, now);
    }

    private static OutboxClaims.Claim claim(PendingMail mail) {
        return new OutboxClaims.Claim(UUID.fromString(mail.id()), mail.attempts());
    }
}
