package io.patchway.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.Outbox.State;
import io.patchway.run.RequestId;
import io.patchway.run.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * Promises messages, inside the transaction that causes them.
 *
 * @param domain the right side of every Message-ID, such as {@code patch.example.org}
 * @param webhooks who is told besides the recipients of mails
 */
record OutboxRows(String domain, List<Webhook> webhooks) {

    /**
     * Promises the mail, where there is one of such a request, and the call of every webhook that is to be told of
     * this.
     */
    void promise(Handle handle, RequestId request, Kind kind, Instant now) {
        promise(handle, request, kind, now, now);
    }

    boolean isPromised(Handle handle, RequestId request, Kind kind) {
        return handle.createQuery("select 1 from outbox_entry where request_id = :request and kind = :kind limit 1")
                .bind("request", request.value())
                .bind("kind", kind)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** @param dueAt when it may be sent at the earliest */
    void promise(Handle handle, RequestId request, Kind kind, Instant now, Instant dueAt) {
        String name = request + "." + kind.name().toLowerCase(Locale.ROOT);
        if (RequestRows.isMailed(handle, request)) {
            String messageId = "<" + name + "@" + domain + ">";
            insert(handle, request, kind, OutboxChannel.MAIL, OutboxChannel.RECIPIENTS, messageId, now, dueAt);
        }
        webhooks.stream()
                .filter(webhook -> webhook.events().contains(kind))
                .map(Webhook::name)
                .forEach(receiver -> insert(
                        handle, request, kind, OutboxChannel.WEBHOOK, receiver, name + "." + receiver, now, dueAt));
    }

    private static void insert(
            Handle handle,
            RequestId request,
            Kind kind,
            OutboxChannel channel,
            String receiver,
            String deliveryId,
            Instant now,
            Instant dueAt) {
        handle.createUpdate("""
            insert into outbox_entry (id, request_id, channel, receiver, kind, delivery_id, state, created_at, due_at,
                attempts, settled)
            values (:id, :request, :channel, :receiver, :kind, :deliveryId, :state, :now, :dueAt, 0, '[]')
            """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("request", request.value())
                .bind("channel", channel)
                .bind("receiver", receiver)
                .bind("kind", kind)
                .bind("deliveryId", deliveryId)
                .bind("state", State.WAITING)
                .bind("now", now)
                .bind("dueAt", dueAt)
                .execute();
    }
}
