package io.patchway.store;

import io.patchway.run.Outbox.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowViewMapper;

/** Claims entries of one channel of the outbox and marks what became of them. The count of attempts is the fence. */
final class OutboxClaims {
    private final Database database;
    private final OutboxChannel channel;
    private final String node;

    OutboxClaims(Database database, OutboxChannel channel, String node) {
        this.database = database;
        this.channel = channel;
        this.node = node;
    }

    /** An entry in the hands of a sender: the attempts are those before the claim. */
    record Claim(UUID id, int attempts) {}

    /**
     * Claims what is due, and what this node holds already: it deals with all of a receiver's entries before it claims
     * more, so their outcome was not noted, because the node was killed or the database was away. Later messages of a
     * request to a receiver wait until the first was sent or given up.
     *
     * @param claim what identifies an entry that was read
     */
    <T> List<T> claimDue(
            String receiver, int limit, Duration lease, Instant now, RowViewMapper<T> read, Function<T, Claim> claim) {
        return database.inTransaction(handle -> handle
                .createQuery("""
                    select entry.*, earlier.delivery_id as answers
                    from outbox_entry entry
                    left join outbox_entry earlier on earlier.request_id = entry.request_id
                        and earlier.channel = entry.channel and earlier.receiver = entry.receiver
                        and earlier.kind = 'REQUESTED' and entry.kind <> 'REQUESTED'
                    where entry.channel = :channel and entry.receiver = :receiver and entry.due_at is not null
                        and (entry.due_at <= :now or entry.leased_by = :node)
                        and (earlier.id is null or earlier.state <> 'WAITING')
                    order by entry.created_at, entry.id limit :limit
                    """)
                .bind("channel", channel)
                .bind("receiver", receiver)
                .bind("now", now)
                .bind("node", node)
                .bind("limit", limit)
                .map(read)
                .list()
                .stream()
                .filter(entry -> handle.createUpdate("""
                    update outbox_entry set attempts = attempts + 1, due_at = :leaseEnd, leased_by = :node
                    where id = :id and attempts = :attempts and state = 'WAITING'
                    """)
                                .bind("id", claim.apply(entry).id())
                                .bind("attempts", claim.apply(entry).attempts())
                                .bind("leaseEnd", now.plus(lease))
                                .bind("node", node)
                                .execute()
                        == 1)
                .toList());
    }

    /** What was sent was sent, whoever holds the claim by now, and even when it had been given up. */
    void markSent(Claim claim, Optional<String> remark, Instant now) {
        database.inTransaction(handle -> handle.createUpdate("""
            update outbox_entry set state = 'SENT', sent_at = :now, dead_at = null, due_at = null,
                remark = coalesce(:remark, remark)
            where id = :id and state <> 'SENT'
            """)
                .bind("id", claim.id())
                .bind("now", now)
                .bind("remark", remark.map(CleanText::of))
                .execute());
    }

    void markFailed(Claim claim, Set<String> settled, String error, Instant nextAttempt) {
        database.inTransaction(handle -> handle.createUpdate("""
            update outbox_entry set due_at = :nextAttempt, leased_by = null, settled = :settled, remark = :error
            where id = :id and attempts = :attempts and state = 'WAITING'
            """)
                .bind("id", claim.id())
                .bind("attempts", claim.attempts() + 1)
                .bind("nextAttempt", nextAttempt)
                .bind("settled", JsonText.ofTexts(settled))
                .bind("error", CleanText.of(error))
                .execute());
    }

    void markDead(Claim claim, String error, Instant now) {
        database.inTransaction(handle -> handle.createUpdate("""
            update outbox_entry set state = :dead, dead_at = :now, due_at = null, remark = :error
            where id = :id and attempts = :attempts and state = 'WAITING'
            """)
                .bind("id", claim.id())
                .bind("attempts", claim.attempts() + 1)
                .bind("dead", State.DEAD)
                .bind("now", now)
                .bind("error", CleanText.of(error))
                .execute());
    }
}
