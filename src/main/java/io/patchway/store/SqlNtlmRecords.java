package io.patchway.store;

import io.patchway.access.NtlmRecords;
import io.patchway.access.UserAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who may sign in by NTLM, in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlNtlmRecords implements NtlmRecords {
    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlNtlmRecords(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public boolean isAnyKept() {
        return database.inTransaction(handle -> handle.createQuery("select 1 from ntlm_hash limit 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public Optional<String> sealed(String name) {
        return database.inTransaction(handle -> handle.createQuery("select sealed from ntlm_hash where name_key = :key")
                .bind("key", UserAccount.key(name))
                .mapTo(String.class)
                .findOne());
    }

    /** The row of the user is locked, so that no other password can come in between. */
    @Override
    public boolean keep(String name, Instant passwordSetAt, String sealed, String actor) {
        String key = UserAccount.key(name);
        return database.inTransaction(handle -> {
            Optional<String> user = handle.createQuery("""
                select name from app_user
                where name_key = :key and password_set_at = :setAt and disabled_at is null for update
                """)
                    .bind("key", key)
                    .bind("setAt", passwordSetAt)
                    .mapTo(String.class)
                    .findOne();
            user.ifPresent(found -> {
                delete(handle, key);
                handle.createUpdate("insert into ntlm_hash (name_key, sealed, created_at) values (:key, :sealed, :now)")
                        .bind("key", key)
                        .bind("sealed", sealed)
                        .bind("now", clock.instant())
                        .execute();
                audit.insert(
                        handle,
                        actor,
                        "user.ntlm-on",
                        "user " + found,
                        "a weak hash of its password is kept, sealed",
                        clock.instant());
            });
            return user.isPresent();
        });
    }

    @Override
    public boolean remove(String name, String actor) {
        return database.inTransaction(handle -> {
            boolean removed = delete(handle, UserAccount.key(name)) > 0;
            if (removed) {
                audit.insert(handle, actor, "user.ntlm-off", "user " + name, "", clock.instant());
            }
            return removed;
        });
    }

    private static int delete(Handle handle, String key) {
        return handle.createUpdate("delete from ntlm_hash where name_key = :key")
                .bind("key", key)
                .execute();
    }
}
