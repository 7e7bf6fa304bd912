package io.patchway.store;

import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.RequestId;
import io.patchway.run.WebhookOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;

/** The webhook deliveries of the outbox in a database. Thread-safe. */
public final class SqlWebhookOutbox implements WebhookOutbox {
    private final OutboxClaims claims;

    /** @param node whose claims these are */
    public SqlWebhookOutbox(Database database, String node) {
        this.claims = new OutboxClaims(database, OutboxChannel.WEBHOOK, node);
    }

    @Override
    public List<Delivery> claimDue(String webhook, int limit, Duration lease, Instant now) {
        return claims.claimDue(webhook, limit, lease, now, SqlWebhookOutbox::delivery, SqlWebhookOutbox::claim);
    }

    private static Delivery delivery(RowView row) {
        return new Delivery(
                row.getColumn("id", UUID.class).toString(),
                new RequestId(row.getColumn("request_id", UUID.class)),
                row.getColumn("receiver", String.class),
                row.getColumn("kind", Kind.class),
                row.getColumn("delivery_id", String.class),
                row.getColumn("attempts", Integer.class),
                row.getColumn("created_at", Instant.class));
    }

    @Override
    public void markSent(Delivery delivery, Instant now) {
        claims.markSent(claim(delivery), Optional.empty(), now);
    }

    @Override
    public void markFailed(Delivery delivery, String error, Instant nextAttempt) {
        claims.markFailed(claim(delivery), Set.of(), error, nextAttempt);
    }

    @Override
    public void markDead(Delivery delivery, String error, Instant now) {
        claims.markDead(claim(delivery), error, now);
    }

    private static OutboxClaims.Claim claim(Delivery delivery) {
        return new OutboxClaims.Claim(UUID.fromString(delivery.id()), delivery.attempts());
    }
}
