package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.RunLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The store on a real PostgreSQL server, which itself runs in a third time zone. */
class PostgresStoreIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("timezone", "America/St_Johns")
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static DatabaseSettings createDatabase() throws SQLException {
        String name = "patchway_" + COUNT.incrementAndGet();
        execute("create database " + name);
        return DatabaseSettings.at(server.getJdbcUrl("postgres", name));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Nested
    class Runs extends RunLedgerContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Rollouts extends RolloutLedgerContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Mails extends MailOutboxContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Windows extends WindowLedgerContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Absent extends AbsencesContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Outages extends StoreContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }

        @Test
        @Survives(9)
        void connectionsThatTheServerCutAreReplacedWithoutAnybodyNoticing() throws SQLException {
            RunLedger ledger = new SqlRunLedger(database, "patch.example.org");
            ledger.accept(Samples.request("web-01"), Optional.empty());

            execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname like 'patchway%' and pid <> pg_backend_pid()");

            assertThat(ledger.claimDue("node", 1, Duration.ofMinutes(1), NOON)).hasSize(1);
        }
    }
}
