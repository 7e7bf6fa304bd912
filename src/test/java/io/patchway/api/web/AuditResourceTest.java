package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.audit.HeadFile;
import io.patchway.audit.Sealer;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlAuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditResourceTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private Database database;
    private SqlAuditLog audit;
    private HeadFile witness;
    private ApiDoor door;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        audit = new SqlAuditLog(database, "node-1", clock);
        witness = new HeadFile(folder.resolve("audit-head"));
        door = new ApiDoor(folder, new AuditResource(audit, witness));
        IntStream.rangeClosed(1, 7).forEach(number -> audit.record("ops", "file.changed", "file " + number, "again"));
        new Sealer(audit, witness, clock).seal();
    }

    @AfterEach
    void close() {
        door.close();
        database.close();
    }

    @Test
    void entriesArePagedInTheirOrder() throws Exception {
        List<String> subjects = new ArrayList<>();
        String path = "/api/audit?limit=3";
        for (int page = 0; page < 3; page++) {
            JsonNode document = door.get(path);
            document.path("entries")
                    .forEach(entry -> subjects.add(entry.path("subject").asText()));
            path = document.path("next").asText();
        }

        assertThat(subjects).containsExactly("file 1", "file 2", "file 3", "file 4", "file 5", "file 6", "file 7");
        assertThat(path).isEmpty();
    }

    @Test
    void theChainIsVerifiedAgainstTheHeadInTheFile() throws Exception {
        JsonNode sound = door.get("/api/audit/verification");
        assertThat(sound.path("intact").asBoolean()).isTrue();
        assertThat(sound.path("entries").asInt()).isEqualTo(7);

        Files.writeString(folder.resolve("audit-head"), "9 " + "a".repeat(64) + "\n");

        JsonNode cut = door.get("/api/audit/verification");
        assertThat(cut.path("intact").asBoolean()).isFalse();
        assertThat(cut.path("brokenAt").asInt()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=many", "after=-1", "after=99999999999999999999"})
    void anUnreasonablePageIsRefused(String query) throws Exception {
        assertThat(door.statusOf("/api/audit?" + query)).isEqualTo(400);
    }
}
