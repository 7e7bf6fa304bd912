package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.access.InMemoryAccessKeys;
import io.patchway.access.KeyDesk;
import io.patchway.access.MasterKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysResourceTest {
    @TempDir
    Path folder;

    private final InMemoryAccessKeys keys = new InMemoryAccessKeys();
    private ApiDoor door;

    @BeforeEach
    void open() throws IOException {
        KeyDesk desk = new KeyDesk(keys, MasterKey.in(folder.resolve("master-key")), () -> {}, Clock.systemUTC());
        door = new ApiDoor(folder, new AccessKeysResource(desk));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aKeyIsIssuedShownWithoutItsSecretReplacedAndRevoked() throws Exception {
        JsonNode issued =
                door.post("/api/access-keys", "{\"account\":\"bot\",\"role\":\"operator\",\"validFor\":\"90d\"}", 201);
        String id = issued.path("id").asText();
        assertThat(issued.path("secret").asText()).hasSize(40);
        assertThat(issued.has("expiresAt")).isTrue();

        JsonNode listed = door.get("/api/access-keys").path("accessKeys").get(0);
        assertThat(listed.path("id").asText()).isEqualTo(id);
        assertThat(listed.path("role").asText()).isEqualTo("operator");
        assertThat(listed.toString())
                .doesNotContain(
                        issued.path("secret").asText(), keys.all().get(0).sealedSecret());

        JsonNode successor = door.post("/api/access-keys/" + id + "/rotation", "{\"keepFor\":\"1h\"}", 201);
        assertThat(successor.path("account").asText()).isEqualTo("bot");

        assertThat(door.delete("/api/access-keys/" + id)).isEqualTo(204);
        assertThat(door.delete("/api/access-keys/" + id)).isEqualTo(404);
        assertThat(door.post("/api/access-keys/" + id + "/rotation")).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"account\":\"bot\"}",
                "{\"account\":\"b;t\",\"role\":\"viewer\"}",
                "{\"account\":\"bot\",\"role\":\"boss\"}",
                "{\"account\":\"bot\",\"role\":\"viewer\",\"validFor\":\"soon\"}",
                "{\"account\":\"bot\",\"role\":\"viewer\",\"secret\":\"mine\"}"
            })
    void aWrongOrderIsRefusedWithAReason(String order) throws Exception {
        JsonNode answer = door.post("/api/access-keys", order, 400);

        assertThat(answer.path("message").asText()).isNotBlank();
        assertThat(keys.all()).isEmpty();
    }
}
