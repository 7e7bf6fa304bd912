package io.patchway.store;

import io.patchway.run.RunId;
import io.patchway.run.RunLedger.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Claims of due runs: read candidates, then compare and set each one's fence. This runs the same on every database,
 * without vendor locks.
 */
final class Claims {
    private final Database database;

    Claims(Database database) {
        this.database = database;
    }

    List<Claim> claimDue(String node, int limit, Duration lease, Instant now) {
        if (limit < 1) {
            return List.of();
        }
        return database.inTransaction(handle -> {
            List<Claim> candidates = candidates(handle, limit, now);
            Set<Claim> taken = take(handle, candidates, node, now.plus(lease));
            return candidates.stream()
                    .filter(taken::contains)
                    .map(claim -> new Claim(claim.run(), claim.fence() + 1))
                    .toList();
        });
    }

    private static List<Claim> candidates(Handle handle, int limit, Instant now) {
        return handle.createQuery(
                        "select id, fence from server_run where due_at <= :now order by due_at, id limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map(Claims::claim)
                .list();
    }

    private static Claim claim(RowView row) {
        return new Claim(new RunId(row.getColumn("id", UUID.class)), row.getColumn("fence", Long.class));
    }

    /** Takes the candidates in the order of their ids, so that two nodes never wait for each other in a circle. */
    private static Set<Claim> take(Handle handle, List<Claim> candidates, String node, Instant leaseEnd) {
        PreparedBatch batch = handle.prepareBatch("""
            update server_run set fence = fence + 1, due_at = :leaseEnd, leased_by = :node
            where id = :run and fence = :fence and ended_at is null
            """);
        List<Claim> ordered = inOrder(candidates);
        for (Claim claim : ordered) {
            bind(batch, claim).bind("leaseEnd", leaseEnd).bind("node", node).add();
        }
        int[] counts = batch.execute();
        Set<Claim> taken = new HashSet<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                taken.add(ordered.get(i));
            }
        }
        return taken;
    }

    void renew(Set<Claim> claims, Duration lease, Instant now) {
        database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                update server_run set due_at = :leaseEnd
                where id = :run and fence = :fence and ended_at is null
                """);
            for (Claim claim : inOrder(claims)) {
                bind(batch, claim).bind("leaseEnd", now.plus(lease)).add();
            }
            return batch.execute();
        });
    }

    Optional<Claim> takeUp(Claim claim, String node, Duration lease, Instant now) {
        return database.inTransaction(handle -> take(handle, List.of(claim), node, now.plus(lease)).stream()
                .map(taken -> new Claim(taken.run(), taken.fence() + 1))
                .findFirst());
    }

    void giveBack(Set<Claim> claims, Instant now) {
        database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                update server_run set fence = fence + 1, due_at = :now, leased_by = null
                where id = :run and fence = :fence and ended_at is null
                """);
            for (Claim claim : inOrder(claims)) {
                bind(batch, claim).bind("now", now).add();
            }
            return batch.execute();
        });
    }

    int giveBackAll(String node, Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate("""
                    update server_run set fence = fence + 1, due_at = :now, leased_by = null,
                        resumed_at = case when started_at is null then resumed_at else :now end
                    where due_at is not null and leased_by = :node
                    """).bind("node", node).bind("now", now).execute());
    }

    Set<Claim> claimsOf(String node) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select id, fence from server_run where due_at is not null and leased_by = :node")
                .bind("node", node)
                .map(Claims::claim)
                .collect(Collectors.toSet()));
    }

    Set<Claim> held(Set<Claim> claims) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        return database.inTransaction(handle -> handle.createQuery(
                        "select id, fence from server_run where id in (<runs>) and ended_at is null")
                .bindList(
                        "runs",
                        claims.stream().map(claim -> claim.run().value()).toList())
                .map(Claims::claim)
                .filter(claims::contains)
                .collect(Collectors.toSet()));
    }

    boolean holds(Claim claim) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select 1 from server_run where id = :run and fence = :fence and ended_at is null")
                .bind("run", claim.run().value())
                .bind("fence", claim.fence())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    Optional<Instant> nextDue() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select due_at from server_run where due_at is not null order by due_at limit 1")
                .mapTo(Instant.class)
                .findOne());
    }

    private static PreparedBatch bind(PreparedBatch batch, Claim claim) {
        return batch.bind("run", claim.run().value()).bind("fence", claim.fence());
    }

    private static List<Claim> inOrder(Collection<Claim> claims) {
        return claims.stream()
                .sorted(Comparator.comparing((Claim claim) -> claim.run().value()))
                .toList();
    }
}
