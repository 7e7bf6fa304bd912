package io.patchway.api.web;

import static io.patchway.maintenance.MaintainedServers.NOON;
import static io.patchway.maintenance.MaintainedServers.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.maintenance.MaintainedServers;
import io.patchway.run.ExecutionIds;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceResourceTest {
    private static final String ONE = "/api/servers/" + WEB + "/maintenance";

    @TempDir
    Path folder;

    private MaintainedServers servers;
    private ApiDoor door;

    @BeforeEach
    void open() throws Exception {
        servers = new MaintainedServers(folder);
        door = new ApiDoor(
                folder,
                new MaintenanceResource(servers.inventory, servers.modes, ExecutionIds.STANDARD, servers.clock));
    }

    @AfterEach
    void close() {
        door.close();
        servers.close();
    }

    @Test
    void aServerIsPutIntoItShownAndTakenOut() throws Exception {
        assertThat(door.get(ONE).get("inMaintenanceMode").asBoolean()).isFalse();

        JsonNode entered = door.put(ONE, "{\"reason\":\"new disk\",\"for\":\"4h\"}", 200);

        assertThat(entered.get("inMaintenanceMode").asBoolean()).isTrue();
        assertThat(entered.get("until").asText()).isEqualTo("2026-11-21T16:00:00Z");
        assertThat(entered.get("by").asText()).isEqualTo("api 127.0.0.1");
        assertThat(door.get("/api/maintenance").get("servers").findValuesAsText("reason"))
                .containsExactly("new disk");
        assertThat(door.delete(ONE)).isEqualTo(204);
        assertThat(door.delete(ONE)).isEqualTo(204);
        assertThat(door.get("/api/maintenance").get("servers")).isEmpty();
        JsonNode changes = door.get(ONE).get("changes");
        assertThat(changes.findValuesAsText("change")).containsExactly("LEFT", "ENTERED");
        assertThat(changes.get(0).get("id").asText()).startsWith("WA1-");
    }

    @Test
    void anEmptyBodyAndAnEndAtATimeWorkToo() throws Exception {
        assertThat(door.put(ONE, "", 200).get("until").asText())
                .isEqualTo(NOON.plus(MaintainedServers.LONGEST).toString());
        assertThat(door.put(ONE, "{\"Until\":\"2026-12-01T00:00:00Z\"}", 200)
                        .get("until")
                        .asText())
                .isEqualTo("2026-12-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"for\":\"4 hours\"}",
                "{\"for\":\"4h\",\"until\":\"2026-12-01T00:00:00Z\"}",
                "{\"until\":\"tomorrow\"}",
                "{\"until\":\"2026-11-21T12:00:00Z\"}",
                "{\"for\":\"99999d\"}",
                "{\"why\":\"x\"}",
                "{\"reason\":\"a\\nb\"}"
            })
    void whatMakesNoSenseIsRefusedAndChangesNothing(String body) throws Exception {
        assertThat(door.put(ONE, body, 400).get("message").asText()).isNotEmpty();
        assertThat(servers.modes.of(WEB)).isEmpty();
    }

    @Test
    void aServerThatIsNotInTheInventoryIsNotFound() throws Exception {
        assertThat(door.statusOf("/api/servers/nobody/maintenance")).isEqualTo(404);
        assertThat(door.delete("/api/servers/a;id/maintenance")).isEqualTo(404);
        door.put("/api/servers/nobody/maintenance", "", 404);
        servers.enter(WEB, Optional.empty());
        assertThat(door.get("/api/maintenance").get("servers")).hasSize(1);
    }
}
