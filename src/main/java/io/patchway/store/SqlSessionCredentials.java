package io.patchway.store;

import io.patchway.access.SessionCredentials;
import io.patchway.access.UserAccount;
import java.time.Clock;

/** Who has a session credential, in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlSessionCredentials implements SessionCredentials {
    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlSessionCredentials(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public boolean add(String name, String actor) {
        try {
            return database.inTransaction(handle -> {
                boolean added = handle.createUpdate("""
                    insert into session_credential (name_key, created_at)
                    select name_key, :now from app_user where name_key = :key
                    """)
                                .bind("key", UserAccount.key(name))
                                .bind("now", clock.instant())
                                .execute()
                        > 0;
                if (added) {
                    audit.insert(handle, actor, "session-credential.created", "user " + name, "", clock.instant());
                }
                return added;
            });
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean remove(String name, String actor) {
        return database.inTransaction(handle -> {
            boolean removed = handle.createUpdate("delete from session_credential where name_key = :key")
                            .bind("key", UserAccount.key(name))
                            .execute()
                    > 0;
            if (removed) {
                audit.insert(handle, actor, "session-credential.deleted", "user " + name, "", clock.instant());
            }
            return removed;
        });
    }
}
