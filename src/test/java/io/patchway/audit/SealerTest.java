package io.patchway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.patchway.SettableClock;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlAuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void theHeadIsNotedInTheFileWithEverySeal() throws Exception {
        HeadFile file = new HeadFile(folder.resolve("audit-head"));
        try (Database database = open("patchway")) {
            SqlAuditLog audit = new SqlAuditLog(database, "node-1", clock);
            Sealer sealer = new Sealer(audit, file, clock);
            audit.record("ops", "file.changed", "file 1", "");
            sealer.seal();
            audit.record("ops", "file.changed", "file 2", "");
            sealer.seal();

            assertThat(file.read()).contains(audit.head());
            assertThat(audit.head().sequence()).isEqualTo(2);
        }
    }

    @Test
    void aNotedHeadThatTheLogDoesNotHoldIsKeptAsProof() throws Exception {
        HeadFile file = new HeadFile(folder.resolve("audit-head"));
        ChainHead lost = new ChainHead(5, "a".repeat(64));
        file.write(lost);
        try (Database database = open("restored")) {
            SqlAuditLog audit = new SqlAuditLog(database, "node-1", clock);
            audit.record("ops", "file.changed", "file 1", "");

            new Sealer(audit, file, clock).seal();

            assertThat(audit.head().sequence()).isEqualTo(1);
            assertThat(file.read()).contains(lost);
            assertThat(new ChainVerifier(audit).verify(Optional.of(lost)).intact())
                    .isFalse();
        }
    }

    @Test
    void aFileThatHoldsSomethingElseIsNotTakenForAHead() throws Exception {
        Path path = Files.writeString(folder.resolve("audit-head"), "5 nonsense\n");

        assertThatIOException()
                .isThrownBy(new HeadFile(path)::read)
                .withMessageContaining("must hold an entry's number and hash");
    }

    private Database open(String name) {
        return Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve(name)));
    }
}
