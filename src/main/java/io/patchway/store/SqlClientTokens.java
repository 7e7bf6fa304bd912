package io.patchway.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The create calls that clients may repeat, in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlClientTokens {
    /** For so long the outcome of a call is remembered. */
    public static final Duration MEMORY = Duration.ofDays(1);

    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

    private final Database database;
    private volatile Instant nextPruning = Instant.MIN;

    /** Whose call it was, of which operation, under which token. */
    public record Key(String account, String operation, String token) {}

    /**
     * What is known of a call.
     *
     * @param fingerprint of what was asked for
     * @param result id of what was created; empty as long as it is not known to be there
     */
    public record Known(String fingerprint, Optional<String> result) {}

    public SqlClientTokens(Database database) {
        this.database = database;
    }

    /** Remembers a call, unless it is known already; what is known of it then. */
    public Known remember(Key key, String fingerprint, Instant now) {
        prune(now);
        try {
            database.inSharedTransaction(handle -> handle.createUpdate("""
                insert into client_token (account, operation, token, fingerprint, created_at)
                values (:account, :operation, :token, :fingerprint, :now)
                """)
                    .bindMethods(key)
                    .bind("fingerprint", fingerprint)
                    .bind("now", now)
                    .execute());
            return new Known(fingerprint, Optional.empty());
        } catch (RuntimeException e) {
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
        }
        return find(key).orElseGet(() -> new Known(fingerprint, Optional.empty()));
    }

    private Optional<Known> find(Key key) {
        return database.inTransaction(handle -> handle.createQuery("""
            select fingerprint, result from client_token
            where account = :account and operation = :operation and token = :token
            """)
                .bindMethods(key)
                .map(row -> new Known(
                        row.getColumn("fingerprint", String.class),
                        Optional.ofNullable(row.getColumn("result", String.class))))
                .findOne());
    }

    /** Notes what came of a call. */
    public void finish(Key key, String result) {
        database.inSharedTransaction(handle ->
                handle.createUpdate("""
                    update client_token set result = :result
                    where account = :account and operation = :operation and token = :token
                    """).bindMethods(key).bind("result", result).execute());
    }

    /** Forgets a call that was refused: its token may come again with another request. */
    public void forget(Key key) {
        database.inTransaction(
                handle -> handle.createUpdate("""
                    delete from client_token
                    where account = :account and operation = :operation and token = :token and result is null
                    """).bindMethods(key).execute());
    }

    private void prune(Instant now) {
        if (now.isBefore(nextPruning)) {
            return;
        }
        nextPruning = now.plus(BETWEEN_PRUNINGS);
        database.inTransaction(handle -> handle.createUpdate("delete from client_token where created_at < :before")
                .bind("before", now.minus(MEMORY))
                .execute());
    }
}
