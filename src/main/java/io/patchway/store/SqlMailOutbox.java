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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Update;

/** The mail outbox in a database. The count of attempts is the fence of a claim. Thread-safe. */
public final class SqlMailOutbox implements MailOutbox {
    private final Database database;
    private final String node;

    /** @param node whose claims these are */
    public SqlMailOutbox(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public List<PendingMail> claimDue(int limit, Duration lease, Instant now) {
        return database.inTransaction(handle -> candidates(handle, limit, now).stream()
                .filter(mail -> take(handle, mail, now.plus(lease)))
                .toList());
    }

    @Override
    public void giveBack(Instant now) {
        database.inTransaction(handle ->
                handle.createUpdate("""
                    update mail_outbox set due_at = :now, leased_by = null
                    where due_at is not null and leased_by = :node
                    """).bind("node", node).bind("now", now).execute());
    }

    private static List<PendingMail> candidates(Handle handle, int limit, Instant now) {
        return handle.createQuery("""
            select mail.*, first_mail.message_id as answers
            from mail_outbox mail
            left join mail_outbox first_mail on first_mail.request_id = mail.request_id
                and first_mail.kind = 'REQUESTED' and mail.kind <> 'REQUESTED'
            where mail.due_at <= :now
                and (first_mail.id is null
                    or first_mail.sent_at is not null or first_mail.dead_at is not null)
            order by mail.created_at, mail.id limit :limit
            """)
                .bind("now", now)
                .bind("limit", limit)
                .map(SqlMailOutbox::mail)
                .list();
    }

    private static PendingMail mail(RowView row) {
        return new PendingMail(
                row.getColumn("id", UUID.class).toString(),
                new RequestId(row.getColumn("request_id", UUID.class)),
                row.getColumn("kind", Kind.class),
                row.getColumn("message_id", String.class),
                RequestRows.optional(row, "answers", String.class),
                Set.copyOf(JsonText.readTexts(row.getColumn("settled", String.class))),
                row.getColumn("attempts", Integer.class),
                row.getColumn("created_at", Instant.class));
    }

    private boolean take(Handle handle, PendingMail mail, Instant leaseEnd) {
        return identify(handle.createUpdate("""
            update mail_outbox set attempts = attempts + 1, due_at = :leaseEnd, leased_by = :node
            where id = :id and attempts = :attempts and due_at is not null
            """), mail, mail.attempts())
                        .bind("leaseEnd", leaseEnd)
                        .bind("node", node)
                        .execute()
                == 1;
    }

    /** What was sent was sent, whoever holds the claim by now. */
    @Override
    public void markSent(PendingMail mail, Optional<String> remark, Instant now) {
        database.inTransaction(handle -> handle.createUpdate("""
            update mail_outbox set sent_at = :now, due_at = null, remark = coalesce(:remark, remark)
            where id = :id and sent_at is null
            """)
                .bind("id", UUID.fromString(mail.id()))
                .bind("now", now)
                .bind("remark", remark.map(CleanText::of))
                .execute());
    }

    @Override
    public void markFailed(PendingMail mail, Set<String> settled, String error, Instant nextAttempt) {
        Set<String> all = new HashSet<>(mail.settled());
        all.addAll(settled);
        database.inTransaction(handle -> identify(handle.createUpdate("""
            update mail_outbox set due_at = :nextAttempt, leased_by = null, settled = :settled, remark = :error
            where id = :id and attempts = :attempts and due_at is not null
            """), mail, mail.attempts() + 1)
                .bind("nextAttempt", nextAttempt)
                .bind("settled", JsonText.ofTexts(all))
                .bind("error", CleanText.of(error))
                .execute());
    }

    @Override
    public void markDead(PendingMail mail, String error, Instant now) {
        database.inTransaction(handle -> identify(handle.createUpdate("""
            update mail_outbox set dead_at = :now, due_at = null, remark = :error
            where id = :id and attempts = :attempts and due_at is not null
            """), mail, mail.attempts() + 1)
                .bind("now", now)
                .bind("error", CleanText.of(error))
                .execute());
    }

    private static Update identify(Update update, PendingMail mail, int attempts) {
        return update.bind("id", UUID.fromString(mail.id())).bind("attempts", attempts);
    }
}
