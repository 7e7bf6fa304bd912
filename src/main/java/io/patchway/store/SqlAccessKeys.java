package io.patchway.store;

import io.patchway.access.AccessKey;
import io.patchway.access.AccessKeys;
import io.patchway.access.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The access keys in a database, their secrets sealed. Thread-safe; any number of nodes may share the database. */
public final class SqlAccessKeys implements AccessKeys {
    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlAccessKeys(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public List<AccessKey> all() {
        return database.inTransaction(handle -> handle.createQuery("select * from access_key order by created_at, id")
                .map(SqlAccessKeys::key)
                .list());
    }

    @Override
    public void add(AccessKey key, Optional<Replaced> replaced, String actor) {
        database.inTransaction(handle -> {
            handle.createUpdate("""
                insert into access_key (id, account, role, sealed_secret, created_at, expires_at)
                values (:id, :account, :role, :sealedSecret, :createdAt, :expiresAt)
                """)
                    .bind("id", key.id())
                    .bind("account", key.account())
                    .bind("role", key.role().name())
                    .bind("sealedSecret", key.sealedSecret())
                    .bind("createdAt", key.createdAt())
                    .bind("expiresAt", key.expiresAt().orElse(null))
                    .execute();
            String detail = "for " + key.account() + " as " + key.role()
                    + key.expiresAt().map(end -> " until " + end).orElse("");
            audit.insert(handle, actor, "access-key.issued", subject(key.id()), detail, clock.instant());
            replaced.ifPresent(old -> replace(handle, old, key, actor));
            return true;
        });
    }

    private void replace(Handle handle, Replaced old, AccessKey key, String actor) {
        handle.createUpdate("update access_key set expires_at = :end where id = :id")
                .bind("end", old.validUntil())
                .bind("id", old.id())
                .execute();
        String detail = key.id() + " takes its place; it stays valid until " + old.validUntil();
        audit.insert(handle, actor, "access-key.replaced", subject(old.id()), detail, clock.instant());
    }

    @Override
    public boolean revoke(String id, String actor, Instant now) {
        return database.inTransaction(handle -> {
            boolean revoked =
                    handle.createUpdate("update access_key set revoked_at = :now where id = :id and revoked_at is null")
                                    .bind("now", now)
                                    .bind("id", id)
                                    .execute()
                            == 1;
            if (revoked) {
                audit.insert(handle, actor, "access-key.revoked", subject(id), "", now);
            }
            return revoked;
        });
    }

    @Override
    public void noteUse(String id, Instant at) {
        database.inSharedTransaction(
                handle -> handle.createUpdate("""
                    update access_key set last_used_at = :at where id = :id and (last_used_at is null or last_used_at < :at)
                    """).bind("at", at).bind("id", id).execute());
    }

    private static String subject(String id) {
        return "access key " + id;
    }

    private static AccessKey key(RowView row) {
        return new AccessKey(
                row.getColumn("id", String.class),
                row.getColumn("account", String.class),
                Role.valueOf(row.getColumn("role", String.class)),
                row.getColumn("sealed_secret", String.class),
                row.getColumn("created_at", Instant.class),
                Optional.ofNullable(row.getColumn("expires_at", Instant.class)),
                Optional.ofNullable(row.getColumn("revoked_at", Instant.class)),
                Optional.ofNullable(row.getColumn("last_used_at", Instant.class)));
    }
}
