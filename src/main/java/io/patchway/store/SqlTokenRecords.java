package io.patchway.store;

import io.patchway.access.TokenRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What is kept about bearer tokens in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlTokenRecords implements TokenRecords {
    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlTokenRecords(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public Optional<String> signingKey() {
        return database.inTransaction(handle -> handle.createQuery("select sealed from token_key where id = 1")
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public String keepSigningKey(String sealed) {
        try {
            database.inTransaction(handle -> insert(handle, sealed));
            return sealed;
        } catch (RuntimeException e) {
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
            return signingKey().orElseThrow();
        }
    }

    private static int insert(Handle handle, String sealed) {
        return handle.createUpdate("insert into token_key (id, sealed) values (1, :sealed)")
                .bind("sealed", sealed)
                .execute();
    }

    @Override
    public void replaceSigningKey(String sealed, String actor) {
        database.inTransaction(handle -> {
            handle.createUpdate("delete from token_key").execute();
            insert(handle, sealed);
            audit.insert(handle, actor, "token-key.renewed", "key of bearer tokens", "all tokens end", clock.instant());
            return true;
        });
    }

    @Override
    public Set<String> revoked(Instant now) {
        return Set.copyOf(database.inTransaction(
                handle -> handle.createQuery("select id from revoked_token where expires_at > :now")
                        .bind("now", now)
                        .mapTo(String.class)
                        .list()));
    }

    @Override
    public boolean revoke(String id, String name, Instant until, String actor, Instant now) {
        try {
            return database.inTransaction(handle -> {
                handle.createUpdate("delete from revoked_token where expires_at <= :now")
                        .bind("now", now)
                        .execute();
                handle.createUpdate("insert into revoked_token (id, expires_at) values (:id, :until)")
                        .bind("id", id)
                        .bind("until", until)
                        .execute();
                audit.insert(handle, actor, "token.revoked", "token " + id, "of " + name, now);
                return true;
            });
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }
}
