package io.patchway.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.RequestId;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * Promises mails, inside the transaction that causes them.
 *
 * @param domain the right side of every Message-ID, such as {@code patch.example.org}
 */
record OutboxRows(String domain) {

    void promise(Handle handle, RequestId request, Kind kind, Instant now) {
        promise(handle, request, kind, now, now);
    }

    boolean isPromised(Handle handle, RequestId request, Kind kind) {
        return handle.createQuery("select 1 from mail_outbox where request_id = :request and kind = :kind")
                .bind("request", request.value())
                .bind("kind", kind)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** @param dueAt when it may be sent at the earliest */
    void promise(Handle handle, RequestId request, Kind kind, Instant now, Instant dueAt) {
        handle.createUpdate("""
            insert into mail_outbox (id, request_id, kind, message_id, created_at, due_at, attempts, settled)
            values (:id, :request, :kind, :messageId, :now, :dueAt, 0, '[]')
            """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("request", request.value())
                .bind("kind", kind)
                .bind("messageId", "<" + request + "." + kind.name().toLowerCase(Locale.ROOT) + "@" + domain + ">")
                .bind("now", now)
                .bind("dueAt", dueAt)
                .execute();
    }
}
