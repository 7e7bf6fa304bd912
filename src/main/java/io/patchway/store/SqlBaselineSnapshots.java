package io.patchway.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.KeptSnapshots;
import io.patchway.baseline.SnapshotKey;
import io.patchway.server.OperatingSystem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Snapshots of baselines in a database. Each new one removes those whose life is over. Thread-safe. */
public final class SqlBaselineSnapshots implements KeptSnapshots {
    private static final int SECRET_BYTES = 32;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public SqlBaselineSnapshots(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Kept keep(SnapshotKey key, FrozenBaseline found) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Kept kept = new Kept(
                UuidCreator.getTimeOrderedEpoch(),
                key,
                found,
                now,
                HexFormat.of().formatHex(secret));
        String document = JsonText.of(found);
        try {
            return database.inTransaction(
                    handle -> find(handle, key, now).orElseGet(() -> insert(handle, kept, document, now.minus(LIFE))));
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                // Another run came first, at the same moment.
                return database.inTransaction(handle -> find(handle, key, now).orElseThrow(() -> e));
            }
            throw e;
        }
    }

    @Override
    public Optional<Kept> find(UUID id) {
        Instant now = clock.instant();
        return database.inTransaction(
                handle -> handle.createQuery("select * from baseline_snapshot where id = :id and taken_at > :dead")
                        .bind("id", id)
                        .bind("dead", now.minus(LIFE))
                        .map(SqlBaselineSnapshots::kept)
                        .findOne());
    }

    private static Optional<Kept> find(Handle handle, SnapshotKey key, Instant now) {
        return handle.createQuery("""
            select * from baseline_snapshot
            where snapshot = :snapshot and operating_system = :system and scope = :scope and taken_at > :dead
            """)
                .bind("snapshot", key.snapshot())
                .bind("system", key.operatingSystem())
                .bind("scope", key.scope())
                .bind("dead", now.minus(LIFE))
                .map(SqlBaselineSnapshots::kept)
                .findOne();
    }

    private static Kept insert(Handle handle, Kept kept, String document, Instant dead) {
        handle.createUpdate("delete from baseline_snapshot where taken_at <= :dead")
                .bind("dead", dead)
                .execute();
        handle.createUpdate("""
            insert into baseline_snapshot (id, snapshot, operating_system, scope, document, secret, taken_at)
            values (:id, :snapshot, :system, :scope, :document, :secret, :takenAt)
            """)
                .bind("id", kept.id())
                .bind("snapshot", kept.key().snapshot())
                .bind("system", kept.key().operatingSystem())
                .bind("scope", kept.key().scope())
                .bind("document", document)
                .bind("secret", kept.secret())
                .bind("takenAt", kept.takenAt())
                .execute();
        return kept;
    }

    private static Kept kept(RowView row) {
        SnapshotKey key = new SnapshotKey(
                row.getColumn("snapshot", UUID.class),
                row.getColumn("operating_system", OperatingSystem.class),
                row.getColumn("scope", String.class));
        return new Kept(
                row.getColumn("id", UUID.class),
                key,
                JsonText.read(row.getColumn("document", String.class), FrozenBaseline.class),
                row.getColumn("taken_at", Instant.class),
                row.getColumn("secret", String.class));
    }
}
