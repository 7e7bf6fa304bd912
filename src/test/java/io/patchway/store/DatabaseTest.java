package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.faults.Survives;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.History;
import io.patchway.run.RunLedger.Acceptance;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void whatWasRecordedIsThereAfterARestart() {
        DatabaseSettings settings = file();
        try (Database database = Database.open(settings)) {
            new SqlWindowLedger(database).claimOpening("web-sunday", NOON, "OPENED");
        }

        try (Database database = Database.open(settings)) {
            assertThat(new SqlWindowLedger(database).lastOpening("web-sunday", NOON))
                    .contains(NOON);
        }
    }

    @Test
    @Survives(10)
    void everyCommitOfH2IsOnDiskBeforeItIsAcknowledged() {
        try (Database database = Database.open(file())) {
            List<String> delays = database.inTransaction(handle -> handle.createQuery(
                            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")
                    .mapTo(String.class)
                    .list());

            assertThat(delays).isNotEmpty().containsOnly("0");
        }
    }

    @Test
    void aDatabaseInUseByAnotherProcessIsNamed() throws IOException {
        Database.open(file()).close();
        try (FileChannel other = FileChannel.open(
                        folder.resolve("patchway.mv.db"), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> Database.open(file()))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining(folder.resolve("patchway").toString())
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining("PostgreSQL");
        }
    }

    @Test
    @Survives(35)
    void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/patchway";

        assertThatThrownBy(() -> Database.open(DatabaseSettings.at(url + "?user=patchway&password=tiger")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining(url)
                .hasMessageContaining("refused")
                .hasMessageNotContaining("tiger");
    }

    @Test
    @Survives(35)
    void thePasswordIsTheFirstLineOfItsFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "tiger\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "lion\n");
        String url = file().url();
        Database.open(new DatabaseSettings(url, Optional.of("sa"), Optional.of(secret), 2))
                .close();

        assertThatThrownBy(() -> Database.open(new DatabaseSettings(url, Optional.of("sa"), Optional.of(wrong), 2)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("password");
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> Database.open(new DatabaseSettings(url, Optional.of("sa"), Optional.of(absent), 2)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining(absent.toString());
    }

    @Test
    void anotherKindOfDatabaseIsRefused() {
        assertThatThrownBy(() -> DatabaseSettings.at("jdbc:mysql://db/patchway"))
                .hasMessageContaining("jdbc:h2:")
                .hasMessageContaining("jdbc:postgresql:");
    }

    @Test
    void runsFromBeforeThereWereNumbersGetSome() {
        String url = file().url();
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .target("9")
                .load()
                .migrate();
        Jdbi.create(url).useHandle(handle -> {
            handle.execute("""
                insert into patch_request (id, operation, reboot_option, max_rounds, origin, requester, excluded,
                    recipients, accepted_at, open_runs)
                values (random_uuid(), 'SCAN', 'NEVER', 1, 'api', 'ops', '[]', '[]', current_timestamp, 2)
                """);
            for (int ordinal = 0; ordinal < 2; ordinal++) {
                handle.execute("""
                    insert into server_run (id, request_id, ordinal, server_id, state, round, fence, state_since, memory,
                        reboots)
                    select random_uuid(), id, ?, ?, 'QUEUED', 0, 0, current_timestamp, '{}', 0 from patch_request
                    """, ordinal, "web-0" + ordinal);
            }
        });

        try (Database database = Database.open(file())) {
            History history = new SqlHistory(database);
            assertThat(history.run(new ExecutionNumber(100_001))).isPresent();
            assertThat(history.run(new ExecutionNumber(100_002))).isPresent();
            Acceptance next =
                    new SqlRunLedger(database, "patch.example.org").accept(Samples.request("web-01"), Optional.empty());
            assertThat(next.runs().getFirst().number()).isEqualTo(new ExecutionNumber(100_003));
        }
    }

    private DatabaseSettings file() {
        return DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway"));
    }
}
