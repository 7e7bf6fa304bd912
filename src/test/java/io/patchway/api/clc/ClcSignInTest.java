package io.patchway.api.clc;

import static io.patchway.api.clc.OpenClcDoor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.patchway.SettableClock;
import io.patchway.access.Role;
import io.patchway.api.TrustedProxies;
import io.patchway.faults.Survives;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClcSignInTest {
    private static final String GOOD = "{\"username\":\"demouser1\",\"password\":\"mypassword\"}";
    private static final String BAD = "{\"username\":\"demouser1\",\"password\":\"notmypassword\"}";
    private static final String REFUSAL =
            "{\"message\":\"We didn't recognize the username or password you entered. Please try again.\"}";
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private OpenClcDoor door;

    @BeforeEach
    void open() throws IOException {
        door = new OpenClcDoor(folder, clock);
        door.users().add("demouser1", "mypassword", Role.ADMINISTRATOR, "ALIAS");
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String token() throws Exception {
        return json(door.login(GOOD).body()).path("bearerToken").asText();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.patchway.api.clc.CapturedLogins#logins")
    void everyClientsLoginIsAnsweredWithExactlyFiveMembers(String client, String request) throws Exception {
        String answer = door.replay(CapturedLogins.wire(request));

        assertThat(answer).contains("HTTP/1.1 200 OK\r\n");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json;charset=utf-8");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "Pragma")).isEqualTo("no-cache");
        assertThat(header(answer, "Expires")).isEqualTo("-1");
        String body = answer.substring(answer.lastIndexOf("\r\n\r\n") + 4);
        assertThat(body)
                .matches("\\{\"userName\":\"demouser1\",\"accountAlias\":\"ALIAS\",\"locationAlias\":\"WA1\","
                        + "\"roles\":\\[\"AccountAdmin\",\"ServerAdmin\"],\"bearerToken\":\"[A-Za-z0-9_.-]+\"}");
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    @Test
    void theTokenSaysWhatTheTokensOfTheRealServiceSaid() throws Exception {
        SignedJWT token = SignedJWT.parse(token());

        assertThat(token.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "HS256", "typ", "JWT"));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder(
                        "iss",
                        "aud",
                        "nbf",
                        "exp",
                        "jti",
                        "role",
                        "unique_name",
                        "urn:tier3:account-alias",
                        "urn:tier3:location-alias");
        assertThat(claims.getIssuer()).isEqualTo("urn:api-tier3");
        assertThat(claims.getAudience()).containsExactly("urn:tier3-users");
        assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(NOON));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOON.plusSeconds(1_209_600)));
        assertThat(claims.getStringListClaim("role")).containsExactly("AccountAdmin", "ServerAdmin");
        assertThat(claims.getStringClaim("unique_name")).isEqualTo("demouser1");
        assertThat(claims.getStringClaim("urn:tier3:account-alias")).isEqualTo("ALIAS");
        assertThat(claims.getStringClaim("urn:tier3:location-alias")).isEqualTo("WA1");
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, AccountViewer", "OPERATOR, ServerOperator", "ADMINISTRATOR, AccountAdmin ServerAdmin"})
    void rolesHaveTheirNamesOfThatCloudAndTheAliasIsTheFirst(Role role, String names) throws Exception {
        door.users().add("two", "mypassword", role, "ZETA", "ALFA");
        door.users().add("none", "mypassword", role);

        JsonNode two = json(
                door.login("{\"username\":\"two\",\"password\":\"mypassword\"}").body());
        JsonNode none = json(door.login("{\"username\":\"none\",\"password\":\"mypassword\"}")
                .body());

        assertThat(two.path("roles")).extracting(JsonNode::asText).containsExactly(names.split(" "));
        assertThat(two.path("accountAlias").asText()).isEqualTo("ZETA");
        assertThat(none.path("accountAlias").asText()).isEqualTo("PWAY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BAD,
                "{\"username\":\"nobody\",\"password\":\"mypassword\"}",
                "{\"username\":\"\",\"password\":\"\"}",
                "{\"username\":\"demouser1\",\"password\":\"MYPASSWORD\"}",
                "{\"username\":\"demouser1 \",\"password\":\"mypassword\"}",
                "{\"username\":\"demo\\nuser1\",\"password\":\"mypassword\"}",
            })
    void whoeverItIsNotIsRefusedInTheVeryWords(String body) throws Exception {
        HttpResponse<String> response = door.login(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(REFUSAL);
        assertThat(response.body()).hasSize(89);
        assertThat(door.audit().lines()).singleElement().asString().startsWith("clc 127.0.0.1 | user.refused | ");
    }

    @Test
    @Survives(32)
    void aDisabledUserIsRefusedAsOneThatDoesNotExist() throws Exception {
        door.users().desk().disable("demouser1", "test");

        assertThat(door.login(GOOD).body()).isEqualTo(REFUSAL);
        assertThat(door.audit().lines())
                .containsExactly("clc 127.0.0.1 | user.refused | user demouser1 | the user is disabled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                       | body          | is empty",
                "{                                        | body          |",
                "[]                                       | body          | must be a group of fields",
                "{\"username\":\"demouser1\"}             | body.password | is missing",
                "{\"password\":\"mypassword\",\"username\":null} | body.username | is missing",
                "{\"username\":7,\"password\":\"mypassword\"}    | body.username | must be text",
                "{\"username\":\"a\",\"UserName\":\"b\",\"password\":\"c\"} | body.UserName | a second time",
                "{\"username\":\"a\",\"password\":\"c\"} {}      | body          | a second document",
            })
    void aBodyThatIsNoLoginIsRefusedWithWhatIsWrong(String body, String field, String hint) throws Exception {
        HttpResponse<String> response = door.login(body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode answer = json(response.body());
        assertThat(answer.path("message").asText()).isEqualTo("The request is invalid.");
        assertThat(answer.path("modelState").path(field).get(0).asText()).contains(hint == null ? "" : hint);
    }

    @Test
    void aSuccessHasALineInTheAuditLogWithTheIdOfTheToken() throws Exception {
        String id = SignedJWT.parse(token()).getJWTClaimsSet().getJWTID();

        assertThat(door.audit().lines())
                .containsExactly("clc 127.0.0.1 | user.signed-in | user demouser1 | token " + id
                        + " until 2026-12-11T12:00:00Z");
    }

    @Test
    @Survives(31)
    void aWrongPasswordThatAClientSendsAgainByItselfCountsOnce() throws Exception {
        for (int user = 0; user < 9; user++) {
            for (int retry = 0; retry < 5; retry++) {
                assertThat(door.login(BAD.replace("notmy", "guess" + user)).statusCode())
                        .isEqualTo(400);
                clock.advance(Duration.ofSeconds(1));
            }
        }

        assertThat(door.login(GOOD).statusCode()).isEqualTo(200);
        assertThat(door.audit().lines()).hasSize(9 * 5 + 1);
    }

    @Test
    @Survives(31)
    void behindATrustedProxyOneCallersGuessesDoNotLockTheUserOutForOthers() throws Exception {
        door.close();
        door = new OpenClcDoor(folder, clock, TrustedProxies.of("127.0.0.1"));
        door.users().add("demouser1", "mypassword", Role.ADMINISTRATOR, "ALIAS");
        for (int guess = 0; guess < 10; guess++) {
            assertThat(loginFrom("192.0.2.66", BAD.replace("notmy", "guess" + guess)))
                    .isEqualTo(400);
        }

        assertThat(loginFrom("192.0.2.66", GOOD)).isEqualTo(429);
        assertThat(loginFrom("192.0.2.66, 192.0.2.7", GOOD)).isEqualTo(200);
        assertThat(door.audit().lines())
                .anyMatch(line -> line.startsWith("clc 192.0.2.66 "))
                .anyMatch(line -> line.startsWith("clc 192.0.2.7 | user.signed-in"))
                .noneMatch(line -> line.contains("127.0.0.1"));
    }

    private int loginFrom(String forwarded, String body) throws Exception {
        return door.send(HttpRequest.newBuilder(door.at(ClcSignIn.LOGIN))
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", forwarded)
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    @Test
    @Survives(31)
    void afterTooManyGuessesOneMustWaitAndIsToldHowLong() throws Exception {
        for (int guess = 0; guess < 10; guess++) {
            assertThat(door.login(BAD.replace("notmy", "guess" + guess)).statusCode())
                    .isEqualTo(400);
        }

        HttpResponse<String> response = door.login(GOOD);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("901");
        assertThat(json(response.body()).path("message").asText())
                .isEqualTo("Too many wrong passwords. Try again in 901 seconds.");
        clock.advance(Duration.ofSeconds(901));
        assertThat(door.login(GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void theHolderOfATokenCanEndIt() throws Exception {
        String first = token();
        String second = token();

        HttpResponse<String> response = door.call("DELETE", "/v2/authentication/token", first, "");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(door.call("DELETE", "/v2/authentication/token", first, "").statusCode())
                .isEqualTo(401);
        assertThat(door.call("GET", "/v2/nothing", second, "").statusCode()).isEqualTo(404);
    }

    @Test
    void theLoginIsReadWhateverItsEnding() throws Exception {
        List<String> paths = List.of("/v2/authentication/login", "/v2/authentication/login/");
        for (String path : paths) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder().uri(door.at(path)).POST(HttpRequest.BodyPublishers.ofString(GOOD));
            assertThat(door.send(request).statusCode()).as(path).isEqualTo(200);
        }
    }
}
