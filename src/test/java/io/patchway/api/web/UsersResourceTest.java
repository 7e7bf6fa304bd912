package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.patchway.access.Role;
import io.patchway.access.TestUsers;
import io.patchway.access.UserAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersResourceTest {
    private static final String OPS = "{\"name\":\"ops\",\"role\":\"operator\",\"aliases\":[\"alfa\",\"BRAVO\"],"
            + "\"email\":\"ops@example.org\",\"password\":\"mypassword\"}";

    @TempDir
    Path folder;

    private TestUsers users;
    private ApiDoor door;

    @BeforeEach
    void open() throws IOException {
        users = new TestUsers(folder, Clock.systemUTC());
        door = new ApiDoor(folder, new UsersResource(users.desk(), users.tokens()));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private UserAccount ops() {
        return users.desk().find("ops").orElseThrow();
    }

    @Test
    void aUserIsAddedShownAndChanged() throws Exception {
        JsonNode added = door.post("/api/users", OPS, 201);
        assertThat(added.has("password")).isFalse();
        assertThat(added.path("createdAt").asText()).isNotBlank();

        JsonNode shown = door.get("/api/users/OPS");
        assertThat(shown.path("role").asText()).isEqualTo("operator");
        assertThat(shown.path("aliases")).extracting(JsonNode::asText).containsExactly("ALFA", "BRAVO");
        assertThat(shown.path("email").asText()).isEqualTo("ops@example.org");
        assertThat(door.get("/api/users").toString())
                .contains("\"ops\"")
                .doesNotContain("argon2", "mypassword", ops().tokenStamp());

        JsonNode changed = door.patch("/api/users/ops", "{\"role\":\"viewer\",\"aliases\":[],\"email\":\"\"}", 200);
        assertThat(changed.path("role").asText()).isEqualTo("viewer");
        assertThat(changed.path("aliases")).isEmpty();
        assertThat(changed.has("email")).isFalse();
        door.patch("/api/users/ops", "{}", 200);
        assertThat(ops().user().role()).isEqualTo(Role.VIEWER);

        door.post("/api/users", OPS.replace("ops", "OPS"), 409);
    }

    @Test
    void aPasswordIsMadeAndShownOnceWhenNoneIsGiven() throws Exception {
        JsonNode added = door.post("/api/users", "{\"name\":\"ops\",\"role\":\"operator\"}", 201);
        String before = ops().passwordHash();

        JsonNode renewed = door.post("/api/users/ops/password", "", 200);
        JsonNode given = door.post("/api/users/ops/password", "{\"password\":\"mypassword\"}", 200);

        assertThat(added.path("password").asText()).hasSize(24);
        assertThat(renewed.path("password").asText())
                .hasSize(24)
                .isNotEqualTo(added.path("password").asText());
        assertThat(given.has("password")).isFalse();
        assertThat(ops().passwordHash()).isNotEqualTo(before);
    }

    @Test
    void tokensEndOneByOneOrAllOfThem() throws Exception {
        door.post("/api/users", OPS, 201);
        String first = users.token(ops());
        String second = users.token(ops());
        String id = SignedJWT.parse(first).getJWTClaimsSet().getJWTID();

        assertThat(door.delete("/api/users/ops/tokens/" + id)).isEqualTo(204);
        assertThat(door.delete("/api/users/ops/tokens/" + id)).isEqualTo(404);
        assertThat(door.delete("/api/users/ops/tokens/x")).isEqualTo(400);
        assertThat(users.tokens().apply(first)).isEmpty();
        assertThat(users.tokens().apply(second)).isPresent();

        assertThat(door.delete("/api/users/ops/tokens")).isEqualTo(204);
        assertThat(users.tokens().apply(second)).isEmpty();
    }

    @Test
    void aUserIsDisabledAndEnabled() throws Exception {
        door.post("/api/users", OPS, 201);

        assertThat(door.post("/api/users/ops/disable")).isEqualTo(204);
        assertThat(door.get("/api/users/ops").has("disabledAt")).isTrue();
        assertThat(door.post("/api/users/ops/enable")).isEqualTo(204);
        assertThat(door.get("/api/users/ops").has("disabledAt")).isFalse();
    }

    @Test
    void whoDoesNotExistIsNotFound() throws Exception {
        assertThat(door.statusOf("/api/users/no")).isEqualTo(404);
        assertThat(door.post("/api/users/no/disable")).isEqualTo(404);
        assertThat(door.post("/api/users/no/enable")).isEqualTo(404);
        assertThat(door.post("/api/users/no/password")).isEqualTo(404);
        assertThat(door.delete("/api/users/no/tokens")).isEqualTo(404);
        door.patch("/api/users/no", "{}", 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"name\":\"ops\"}",
                "{\"name\":\"o;ps\",\"role\":\"viewer\"}",
                "{\"name\":\"ops\",\"role\":\"boss\"}",
                "{\"name\":\"ops\",\"role\":\"viewer\",\"password\":\"short\"}",
                "{\"name\":\"ops\",\"role\":\"viewer\",\"aliases\":[\"a b\"]}",
                "{\"name\":\"ops\",\"role\":\"viewer\",\"email\":\"a@b\\r\\nBcc: c@d\"}",
                "{\"name\":\"ops\",\"role\":\"viewer\",\"hash\":\"x\"}"
            })
    void aWrongOrderIsRefusedWithAReason(String order) throws Exception {
        assertThat(door.post("/api/users", order, 400).path("message").asText()).isNotBlank();
        assertThat(users.desk().all()).isEmpty();
    }
}
