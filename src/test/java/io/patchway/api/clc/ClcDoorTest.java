package io.patchway.api.clc;

import static io.patchway.api.clc.OpenClcDoor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.SettableClock;
import io.patchway.access.BearerTokens;
import io.patchway.access.Role;
import io.patchway.config.document.Kind;
import io.patchway.faults.Survives;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClcDoorTest {
    private static final String DENIED = "{\"message\":\"Authorization has been denied for this request.\"}";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));
    private final List<String> seen = new ArrayList<>();
    private OpenClcDoor door;
    private String token;

    /** A group of paths that does what the others do: it asks who calls, and reads a body. */
    private void serve(RoutesConfig routes) {
        routes.get("/v2/servers/{alias}/{id}", context -> {
            seen.add(ClcDoor.caller(context, Role.VIEWER, context.pathParam("alias"))
                            .name() + " " + context.pathParam("id"));
            context.json(JsonNodeFactory.instance.objectNode().put("id", "x".repeat(4000)));
        });
        routes.post("/v2/operations/{alias}/servers/executePackage", this::execute);
        routes.post("/v2/operations/{alias}/servers/reboot", this::reboot);
        routes.get("/v2/datacenters/{alias}", context -> {
            try (Database away = Database.open(DatabaseSettings.at("jdbc:postgresql://127.0.0.1:1/none"))) {
                context.json(away.toString());
            }
        });
        routes.get("/rest/servers/{alias}/server/{id}/patch", context -> {
            throw new IllegalStateException("a secret detail");
        });
    }

    private void execute(Context context) {
        String alias = context.pathParam("alias");
        String name = ClcDoor.caller(context, Role.OPERATOR, alias).name();
        seen.add(name + " "
                + ClcRequest.read(context, fields -> {
                    String id = fields.lenientGroup("package")
                            .flatMap(named -> named.required("packageId", Kind.line(1, 36)))
                            .orElse("none");
                    return fields.list("servers", 1, 3, Kind.line(1, 20)) + " " + id;
                }));
    }

    private void reboot(Context context) {
        ClcDoor.caller(context, Role.OPERATOR, context.pathParam("alias"));
        seen.add(ClcRequest.readList(context, 1, 2, Kind.line(1, 20)).toString());
    }

    @BeforeEach
    void open() throws IOException {
        door = new OpenClcDoor(folder, clock, this::serve);
        token = door.users().token(door.users().add("ops", "mypassword", Role.OPERATOR, "ALIAS"));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<String> execute(String body) throws Exception {
        return door.call("POST", "/v2/operations/alias/servers/executePackage", token, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/servers/ALIAS/WA1ALIASSERV0101", "/v2/servers/alias/WA1ALIASSERV0101"})
    void theAliasCountsInAnyLetterCase(String path) throws Exception {
        assertThat(door.call("GET", path, token, "").statusCode()).isEqualTo(200);
        assertThat(seen).containsExactly("ops WA1ALIASSERV0101");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/servers/ALIAS/x",
        "GET, /V2/servers/ALIAS/x",
        "GET, /v2/nothing",
        "GET, /v2/authentication/login/x",
        "GET, /v2/authentication/%6Cogin",
        "DELETE, /v2/authentication/token",
        "POST, /v2/operations/ALIAS/servers/executePackage",
        "GET, /rest/servers/ALIAS/server/x/patch",
    })
    @Survives(31)
    void nothingIsServedWithoutAToken(String method, String path) throws Exception {
        for (String authorization : List.of("", token, "Basic b3BzOm15cGFzc3dvcmQ=", "bearer", "Bearer ", "Bearer x")) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder().uri(door.at(path)).method(method, HttpRequest.BodyPublishers.noBody());
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            HttpResponse<String> response = door.send(request);

            assertThat(response.statusCode()).as(path).isIn(401, 404);
            if (path.startsWith("/V2")) {
                assertThat(response.statusCode()).isEqualTo(404);
            } else {
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.body()).isEqualTo(DENIED);
                assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
                assertThat(response.headers().firstValue("Content-Type")).contains("application/json;charset=utf-8");
                assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
            }
        }
        assertThat(seen).isEmpty();
    }

    @Test
    @Survives(32)
    void anExpiredTokenIsRefusedAsOneThatNeverWasAndNothingIsDone() throws Exception {
        clock.advance(BearerTokens.LONGEST_LIFE);

        HttpResponse<String> response = execute("{\"servers\":[\"A\"]}");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo(DENIED);
        assertThat(seen).isEmpty();
        assertThat(door.audit().lines())
                .containsExactly("clc 127.0.0.1 | clc.refused | POST /v2/operations/alias/servers/executePackage |"
                        + " the bearer token does not count");
    }

    @Test
    @Survives(31)
    void whoIsRefusedVeryOftenMustWaitAndWhoHasATokenNeedNot() throws Exception {
        for (int i = 0; i < ClcDoor.MOST_REFUSALS; i++) {
            assertThat(door.call("GET", "/v2/servers/ALIAS/x", "x", "").statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> response = door.call("GET", "/v2/servers/ALIAS/x", "x", "");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("60");
        assertThat(json(response.body()).path("message").asText()).contains("Wait a minute");
        assertThat(door.audit().lines()).hasSize(ClcDoor.MOST_REFUSALS);
        assertThat(door.call("GET", "/v2/servers/ALIAS/x", token, "").statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(door.call("GET", "/v2/servers/ALIAS/x", "x", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoMayNotIsToldSoAndNothingIsDone() throws Exception {
        String viewer = door.users().token(door.users().add("viewer", "mypassword", Role.VIEWER));
        String path = "/v2/operations/OTHER/servers/executePackage";

        for (HttpResponse<String> response : List.of(
                door.call("POST", path, token, "{\"servers\":[\"A\"]}"),
                door.call("POST", path, viewer, "{\"servers\":[\"A\"]}"))) {
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(json(response.body()).path("message").asText()).contains("OTHER");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void unknownPathsAndMethodsAreToldInAnObject() throws Exception {
        for (String path : List.of("/v2/nothing", "/rest/servers/nothing", "/v2/operations/ALIAS/status/wa1-1/x")) {
            HttpResponse<String> response = door.call("GET", path, token, "");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response.body()).path("message").asText()).isNotBlank();
        }
        HttpResponse<String> response = door.call("PUT", "/v2/servers/ALIAS/x", token, "");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(json(response.body()).path("message").asText()).isNotBlank();
    }

    @Test
    void anErrorOfOursIsToldWithoutWhatItWas() throws Exception {
        HttpResponse<String> response = door.call("GET", "/rest/servers/ALIAS/server/x/patch", token, "");

        assertThat(response.statusCode()).isEqualTo(500);
        JsonNode body = json(response.body());
        assertThat(body.fieldNames()).toIterable().containsExactly("message");
        assertThat(body.path("message").asText())
                .matches("An error has occurred\\. The log has it as error [0-9a-f-]{36}\\.");
    }

    @Test
    void whileTheDatabaseIsAwayClientsAreAskedToTryAgain() throws Exception {
        HttpResponse<String> response = door.call("GET", "/v2/datacenters/ALIAS", token, "");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .isEqualTo("{\"message\":\"The database is away for the moment. Try again later.\"}");
    }

    @Test
    void namesOfFieldsCountInAnyLetterCaseAndUnknownOnesDoNot() throws Exception {
        assertThat(execute(
                                "{\"servers\":[\"A\",\"B\"],\"Package\":{\"PackageId\":\"p1\",\"Parameters\":null},\"more\":{}}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(seen).containsExactly("ops [A, B] p1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"servers\":[]}                            | body.servers            | 1 to 3 entries",
                "{\"servers\":[\"A\",7]}                     | body.servers[1]         | must be text",
                "{\"servers\":[\"A\"],\"package\":{}}        | body.package.packageId  | is missing",
                "{\"servers\":[\"A\"],\"package\":\"p\"}     | body.package            | group of fields",
                "{\"servers\":[\"A\"],\"Servers\":[\"B\"]}   | body.Servers            | second time",
                "{\"servers\":[\"A\"]} x                     | body                    | ",
            })
    void whatIsWrongWithABodyIsToldByField(String body, String field, String hint) throws Exception {
        HttpResponse<String> response = execute(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).path("message").asText()).isEqualTo("The request is invalid.");
        assertThat(json(response.body()).path("modelState").path(field).get(0).asText())
                .contains(hint == null ? "" : hint);
        assertThat(seen).isEmpty();
    }

    @Test
    void aBareListIsReadToo() throws Exception {
        String path = "/v2/operations/ALIAS/servers/reboot";

        assertThat(door.call("POST", path, token, "[\"A\"]").statusCode()).isEqualTo(200);
        assertThat(seen).containsExactly("[A]");
        for (String wrong : List.of("{}", "[]", "[1]", "[\"A\",\"B\",\"C\"]", "", "null", "\"A\"")) {
            HttpResponse<String> response = door.call("POST", path, token, wrong);
            assertThat(response.statusCode()).as(wrong).isEqualTo(400);
            assertThat(json(response.body()).has("modelState")).as(wrong).isTrue();
        }
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() throws Exception {
        assertThat(execute("[".repeat(100_000)).statusCode()).isEqualTo(400);
        HttpResponse<String> response = execute(" ".repeat(4 * 1024 * 1024 + 1));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response.body()).path("message").asText()).contains("at most");
    }

    @Test
    void answersAreCompressedWhenThatIsAskedFor() throws Exception {
        HttpRequest request = HttpRequest.newBuilder()
                .uri(door.at("/v2/servers/ALIAS/x"))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Encoding", "gzip")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

            assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
            assertThat(json(new String(plain, StandardCharsets.UTF_8))
                            .path("id")
                            .asText())
                    .hasSize(4000);
        }
    }

    @Test
    void noMediaTypeIsRefused() throws Exception {
        for (String type : List.of("text/plain", "Application/json", "application/x-www-form-urlencoded", "x", ";;")) {
            HttpRequest.Builder request = HttpRequest.newBuilder()
                    .uri(door.at("/v2/operations/ALIAS/servers/executePackage"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", type)
                    .header("Accept", "image/png")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"servers\":[\"A\"]}"));
            assertThat(door.send(request).statusCode()).as(type).isEqualTo(200);
        }
    }
}
