package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.RunLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The store on a real PostgreSQL server, which itself runs in a third time zone. */
class PostgresStoreIT {
    /** All databases are copies of this one: to migrate each would take longer than its test. */
    private static final String MIGRATED = "migrated";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("timezone", "America/St_Johns")
                .start();
        execute("create database " + MIGRATED);
        Database.open(DatabaseSettings.at(server.getJdbcUrl("postgres", MIGRATED)))
                .close();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static DatabaseSettings createDatabase() throws SQLException {
        String name = "patchway_" + COUNT.incrementAndGet();
        execute("create database " + name + " template " + MIGRATED);
        return DatabaseSettings.at(server.getJdbcUrl("postgres", name));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Nested
    class Accepted extends AcceptanceContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Claimed extends ClaimsContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Worked extends StepsContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Reported extends RunReportContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Baselines extends BaselineContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Intake extends BaselineIntakeContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Tagging extends TagsContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class SignIn extends SignInContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Console extends ConsoleContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Snapshots extends SnapshotsContract {
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
    class Audit extends AuditLogContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Scans extends ScanHistoryContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Retention extends ArchiveContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class QueryPlans extends QueryPlanContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }

        @Override
        String fullScan() {
            return "Seq Scan";
        }

        @Override
        String plan(Handle handle, String sql) {
            AtomicInteger number = new AtomicInteger();
            String numbered = Pattern.compile("\\?").matcher(sql).replaceAll(mark -> "\\$" + number.incrementAndGet());
            try (Statement statement = handle.getConnection().createStatement()) {
                statement.execute("set local enable_seqscan = off");
                statement.execute("set local plan_cache_mode = force_generic_plan");
                statement.execute("prepare asked as " + numbered);
                String nothing = String.join(", ", Collections.nCopies(number.get(), "null"));
                ResultSet plan = statement.executeQuery(
                        "explain execute asked" + (nothing.isEmpty() ? "" : "(" + nothing + ")"));
                StringBuilder lines = new StringBuilder();
                while (plan.next()) {
                    lines.append(plan.getString(1)).append('\n');
                }
                statement.execute("deallocate asked");
                return lines.toString();
            } catch (SQLException e) {
                throw new AssertionError(numbered, e);
            }
        }
    }

    @Nested
    class Keys extends AccessKeysContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class People extends UsersContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Tokens extends ClientTokensContract {
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
    class Compliance extends ComplianceRecordsContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class WindowsOfTheApi extends WindowStoreContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Operated extends MachinesContract {
        @Override
        DatabaseSettings freshDatabase() throws SQLException {
            return createDatabase();
        }
    }

    @Nested
    class Followed extends ExecutionsContract {
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
    class Maintenance extends MaintenanceContract {
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

        @Test
        @Survives(9)
        void aTransactionOfANodeThatWasFrozenTooLongIsBegunAgain() {
            AtomicInteger attempts = new AtomicInteger();

            int answer = database.inTransaction(handle -> {
                if (attempts.incrementAndGet() == 1) {
                    handle.execute("set local idle_in_transaction_session_timeout = '20ms'");
                    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                }
                return handle.createQuery("select 7").mapTo(Integer.class).one();
            });

            assertThat(answer).isEqualTo(7);
            assertThat(attempts).hasValue(2);
        }
    }
}
