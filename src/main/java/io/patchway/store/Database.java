package io.patchway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** The open database: a pool of connections, with every migration applied. Thread-safe. */
public final class Database implements AutoCloseable {

    /**
     * H2 loses acknowledged commits without the first, and closes before we do without the second. With the last it
     * uses the space of old versions again after ten seconds, and not only after 45.
     */
    private static final List<String> H2_OPTIONS =
            List.of("WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE", "LOCK_TIMEOUT=10000", "RETENTION_TIME=10000");

    /** A node that freezes in the middle of a transaction must not hold up the others until it wakes. */
    private static final String RELEASE_LOCKS_OF_THE_FROZEN =
            "set idle_in_transaction_session_timeout = '10s'; set lock_timeout = '5s'";

    private final HikariDataSource pool;
    private final Transactions transactions;
    private final SharedTransactions shared;
    private final boolean oneAtATime;

    private Database(HikariDataSource pool, boolean oneAtATime) {
        this.pool = pool;
        this.transactions = new Transactions(
                Jdbi.create(pool)
                        .registerArgument(new UtcInstants.Argument())
                        .registerColumnMapper(new UtcInstants.Column()),
                oneAtATime);
        this.shared = new SharedTransactions(transactions);
        this.oneAtATime = oneAtATime;
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws DatabaseUnavailable when it cannot be reached, is in use by another process, or refuses a migration
     */
    public static Database open(DatabaseSettings settings) {
        HikariDataSource pool = connect(settings);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(pool, settings.isH2());
        } catch (RuntimeException e) {
            pool.close();
            throw new DatabaseUnavailable(
                    "The tables of the database " + settings.displayUrl() + " cannot be brought up to date: "
                            + SqlErrors.rootMessage(e),
                    e);
        }
    }

    private static HikariDataSource connect(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("patchway");
        config.setJdbcUrl(url(settings));
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(10_000);
        if (!settings.isH2()) {
            config.setConnectionInitSql(RELEASE_LOCKS_OF_THE_FROZEN);
        }
        settings.user().ifPresent(config::setUsername);
        settings.passwordFile().ifPresent(file -> config.setPassword(firstLine(file)));
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new DatabaseUnavailable(explain(settings, e), e);
        }
    }

    private static String url(DatabaseSettings settings) {
        String url = settings.url();
        if (!settings.isH2()) {
            return url.contains("reWriteBatchedInserts")
                    ? url
                    : url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
        }
        for (String option : H2_OPTIONS) {
            String name = option.substring(0, option.indexOf('='));
            url = url.toUpperCase(Locale.ROOT).contains(";" + name + "=") ? url : url + ";" + option;
        }
        return url;
    }

    private static String explain(DatabaseSettings settings, RuntimeException cause) {
        if (SqlErrors.isLockedByAnotherProcess(cause)) {
            return "The database " + settings.displayUrl() + " is in use by another process, perhaps another Patchway. "
                    + "Stop that one, or use PostgreSQL to run several nodes.";
        }
        return "The database " + settings.displayUrl() + " cannot be opened: " + SqlErrors.rootMessage(cause)
                + ". Check that it runs, its address, the account and the password.";
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new DatabaseUnavailable("The database password cannot be read from the file " + file, e);
        }
    }

    /** A connection of the pool; to be closed by the caller. */
    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Runs work in one transaction. It may run more than once, so it must have no effect outside the database. */
    <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        return transactions.run(work);
    }

    /**
     * Runs work in a transaction that H2 shares with whatever else comes at the same time: it writes to disk at each
     * commit, and so gets far more of them done. PostgreSQL does that by itself. What it returns has been committed. It
     * may run more than once.
     */
    <T> T inSharedTransaction(HandleCallback<T, RuntimeException> work) {
        return oneAtATime ? shared.run(work) : transactions.run(work);
    }

    @Override
    public void close() {
        pool.close();
    }
}
