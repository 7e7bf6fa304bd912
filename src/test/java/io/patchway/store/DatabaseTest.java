package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.faults.Survives;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
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

    private DatabaseSettings file() {
        return DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway"));
    }
}
