package io.patchway.api.clc.maintenance;

import static io.patchway.maintenance.MaintainedServers.DATABASE;
import static io.patchway.maintenance.MaintainedServers.FOREIGN;
import static io.patchway.maintenance.MaintainedServers.NOON;
import static io.patchway.maintenance.MaintainedServers.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.access.Role;
import io.patchway.api.clc.ClcServers;
import io.patchway.api.clc.OpenClcDoor;
import io.patchway.api.clc.operation.StatusResource;
import io.patchway.maintenance.MaintainedServers;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.run.ExecutionIds;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three calls as CenturyLink's clients make them. */
class MaintenanceOperationsTest {
    private static final String START = "/v2/operations/ALIAS/servers/startMaintenance";
    private static final String STOP = "/v2/operations/ALIAS/servers/stopMaintenance";
    private static final String SET = "/v2/operations/ALIAS/servers/setMaintenance";
    private static final String NO_SUCH_SERVER =
            "The operation cannot be queued because the server cannot be found or it is not in a valid state.";

    @TempDir
    Path folder;

    private MaintainedServers servers;
    private OpenClcDoor door;
    private String operator;

    @BeforeEach
    void open() throws Exception {
        servers = new MaintainedServers(folder);
        ExecutionIds ids = ExecutionIds.STANDARD;
        ClcServers known = new ClcServers(servers.inventory, ids, "ALIAS");
        door = new OpenClcDoor(
                folder,
                servers.clock,
                new MaintenanceOperations(known, servers.modes, ids, servers.clock),
                new StatusResource(List.of(new MaintenanceLookup(servers.modes)), known, ids, servers.clock));
        operator = token("demouser1", Role.OPERATOR);
    }

    @AfterEach
    void close() {
        door.close();
        servers.close();
    }

    @Test
    void aServerIsPutIntoMaintenanceModeAndTheStatusSaysSucceeded() throws Exception {
        JsonNode entity = entities(START, "[\"WA1ALIASSERV0101\"]\n").get(0);

        assertThat(names(entity)).containsExactly("server", "isQueued", "links");
        assertThat(entity.get("server").asText()).isEqualTo("wa1aliasserv0101");
        assertThat(entity.get("isQueued").asBoolean()).isTrue();
        JsonNode link = entity.get("links").get(0);
        assertThat(link.get("rel").asText()).isEqualTo("status");
        assertThat(link.get("href").asText())
                .isEqualTo("/v2/operations/alias/status/" + link.get("id").asText());
        assertThat(link.get("id").asText()).matches("wa1-[0-9]{6}");
        HttpResponse<String> status = door.call("GET", link.get("href").asText(), operator, "");
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(OpenClcDoor.json(status.body()).get("status").asText()).isEqualTo("succeeded");
        assertThat(servers.modes.of(WEB)).get().satisfies(mode -> {
            assertThat(mode.by()).isEqualTo("demouser1");
            assertThat(mode.isUsersOwn()).isTrue();
        });
    }

    @Test
    void duplicatesCollapseUnknownServersAreRefusedAndNothingToDoIsSaid() throws Exception {
        servers.enter(DATABASE, Optional.empty());

        JsonNode answer = entities(
                START,
                "[\"wa1aliasserv0102\",\"WA1ALIASSERV0101\",\"wa1aliasserv0101\",\"WA1ALIASNOPE01\",\"a;id\",\""
                        + FOREIGN + "\"]");

        assertThat(answer.findValuesAsText("server"))
                .containsExactly("wa1aliasserv0102", "wa1aliasserv0101", "wa1aliasnope01", "a;id", FOREIGN.value());
        assertThat(answer.get(0).get("errorMessage").asText()).isEqualTo("The server already in desired state.");
        assertThat(answer.get(1).has("errorMessage")).isFalse();
        for (int i = 2; i < 5; i++) {
            assertThat(names(answer.get(i))).containsExactly("server", "isQueued", "errorMessage");
            assertThat(answer.get(i).get("isQueued").asBoolean()).isFalse();
            assertThat(answer.get(i).get("errorMessage").asText()).isEqualTo(NO_SUCH_SERVER);
        }
        assertThat(servers.modes.of(FOREIGN)).isEmpty();
    }

    @Test
    void eachServerHasAStatusOfItsOwn() throws Exception {
        JsonNode answer = entities(START, "[\"wa1aliasserv0101\",\"wa1aliasserv0102\"]");

        assertThat(answer.findValuesAsText("id")).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void itIsLeftAgain() throws Exception {
        servers.enter(WEB, Optional.empty());

        assertThat(entities(STOP, "[\"WA1ALIASSERV0101\"]").get(0).has("links")).isTrue();
        assertThat(servers.modes.of(WEB)).isEmpty();
        assertThat(entities(STOP, "[\"WA1ALIASSERV0101\"]")
                        .get(0)
                        .get("errorMessage")
                        .asText())
                .isEqualTo("The server already in desired state.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"servers\":[{\"id\":\"WA1ALIASSERV0101\",\"inMaintenanceMode\":\"true\"},"
                        + "{\"id\":\"WA1ALIASSERV0102\",\"inMaintenanceMode\":\"false\"}]}",
                "{\"Servers\":[{\"ID\":\"wa1aliasserv0101\",\"InMaintenanceMode\":true,\"extra\":[1]},"
                        + "{\"Id\":\"wa1aliasserv0102\",\"inmaintenancemode\":\"False\"}],\"more\":null}"
            })
    void severalServersAreSetAtOnceWithTheFlagAsTextOrNot(String body) throws Exception {
        servers.enter(DATABASE, Optional.empty());

        assertThat(entities(SET, body).findValuesAsText("isQueued")).containsExactly("true", "true");
        assertThat(servers.modes.all()).extracting(MaintenanceMode::server).containsExactly(WEB);
    }

    @Test
    void anEndMayBeGivenInHours() throws Exception {
        entities(START + "?hours=4", "[\"WA1ALIASSERV0101\"]");

        assertThat(servers.modes.of(WEB))
                .get()
                .extracting(MaintenanceMode::until)
                .isEqualTo(NOON.plus(Duration.ofHours(4)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                START + "| {\"servers\":[]} | body",
                START + "| [] | body",
                START + "| [1] | body[0]",
                START + "| [\"a\", {}] | body[1]",
                START + "?hours=0 | [\"a\"] | query.hours",
                START + "?hours=99999 | [\"a\"] | query.hours",
                STOP + "| [null] | body[0]",
                SET + "| {} | body.servers",
                SET + "| {\"servers\":[{}]} | body.servers[0].id",
                SET
                        + "| {\"servers\":[{\"id\":\"a\",\"inMaintenanceMode\":\"yes\"}]} |"
                        + " body.servers[0].inMaintenanceMode",
                SET
                        + "| {\"servers\":[{\"id\":\"a\",\"inMaintenanceMode\":true},{\"id\":\"A\",\"inMaintenanceMode\":false}]}"
                        + " | body.servers",
                SET + "| [\"WA1ALIASSERV0101\"] | body"
            })
    void whatMakesNoSenseIsRefusedWithTheFieldAndChangesNothing(String path, String body, String field)
            throws Exception {
        HttpResponse<String> answer = door.call("POST", path, operator, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode refusal = OpenClcDoor.json(answer.body());
        assertThat(refusal.get("message").asText()).isNotEmpty();
        assertThat(names(refusal.get("modelState"))).contains(field);
        assertThat(servers.modes.all()).isEmpty();
    }

    @Test
    void whoMayOnlyLookOrHasAnotherAccountIsRefused() throws Exception {
        String body = "[\"WA1ALIASSERV0101\"]";
        assertThat(door.call("POST", START, token("viewer", Role.VIEWER), body).statusCode())
                .isEqualTo(403);
        assertThat(door.call("POST", START, token("other", Role.ADMINISTRATOR, "OTHER"), body)
                        .statusCode())
                .isEqualTo(403);
        assertThat(door.call("POST", START, "nonsense", body).statusCode()).isEqualTo(401);
        assertThat(servers.modes.all()).isEmpty();
    }

    @Test
    void noBodyWhateverMakesTheServerFail() throws Exception {
        Random random = new Random(4711);
        String letters = "[]{}\",:\\tfnulaesrid0123456789.eE+- \u0000\uD800ä";
        List<String> seeds = List.of(
                "[\"WA1ALIASSERV0101\"]",
                "{\"servers\":[{\"id\":\"WA1ALIASSERV0101\",\"inMaintenanceMode\":\"true\"}]}");
        for (int i = 0; i < 300; i++) {
            StringBuilder body = new StringBuilder(seeds.get(i % 2));
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                body.setCharAt(random.nextInt(body.length()), letters.charAt(random.nextInt(letters.length())));
            }
            String path = List.of(START, STOP, SET).get(i % 3);
            HttpResponse<String> answer = door.call("POST", path, operator, body.toString());
            assertThat(answer.statusCode()).as(body.toString()).isIn(200, 400);
        }
    }

    private JsonNode entities(String path, String body) throws Exception {
        HttpResponse<String> answer = door.call("POST", path, operator, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OpenClcDoor.json(answer.body());
    }

    private String token(String name, Role role, String... aliases) {
        return door.users().token(door.users().add(name, "a long password of " + name, role, aliases));
    }

    private static List<String> names(JsonNode node) {
        return List.copyOf(
                node.properties().stream().map(entry -> entry.getKey()).toList());
    }
}
