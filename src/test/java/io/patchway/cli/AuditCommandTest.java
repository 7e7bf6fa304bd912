package io.patchway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.audit.HeadFile;
import io.patchway.audit.Sealer;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlAuditLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void anIntactChainEndsWellAndABrokenOneNamesItsFirstBrokenEntry() throws Exception {
        Path noted = folder.resolve("audit-head");
        HeadFile witness = new HeadFile(noted);
        try (Database database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")))) {
            SqlAuditLog audit = new SqlAuditLog(database, "node-1", clock);
            audit.record("ops", "file.changed", "file 1", "");
            new Sealer(audit, witness, clock).seal();
            AuditCommand command =
                    new AuditCommand(audit, witness, new PrintStream(printed, true, StandardCharsets.UTF_8));

            assertThat(command.verify()).isZero();
            assertThat(output()).contains("The audit log is intact: 1 entries");

            Files.writeString(noted, "1 " + "b".repeat(64) + "\n");
            assertThat(command.verify()).isEqualTo(2);
            assertThat(output()).contains("BROKEN at entry 1: entry 1 is not the one whose hash was noted outside");
        }
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
