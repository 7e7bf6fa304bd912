package io.patchway.api.clc.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.clc.history.ReadingDoor;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.step.SteppedRuns;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers and the way to them, as clients of CenturyLink Cloud see them. */
class DiscoveryTest {
    private static final String SERVER = "wa1aliasserv0101";
    private static final String GET = "/v2/servers/ALIAS/WA1ALIASSERV0101";

    private final ReadingDoor door = new ReadingDoor(
            server -> server.id().value().equals(SERVER)
                    ? Machine.STARTED
                    : new Machine("stopped", true, List.of("before-patches")),
            ReadingDoor.server(SERVER, "web", "linux"),
            ReadingDoor.server("wa1aliasserv0102", "web"),
            ReadingDoor.server("wa1aliasserv0103"),
            ReadingDoor.server("wa1otherserv0101", Optional.of("OTHER")));

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aServerHasEveryPublishedMember() throws Exception {
        JsonNode server = door.get(GET);

        assertThat(server.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "name",
                        "displayName",
                        "description",
                        "groupId",
                        "isTemplate",
                        "locationId",
                        "osType",
                        "os",
                        "status",
                        "details",
                        "type",
                        "storageType",
                        "changeInfo",
                        "links");
        assertThat(server.get("id").textValue()).isEqualTo(SERVER);
        assertThat(server.get("name").textValue()).isEqualTo("WA1ALIASSERV0101");
        assertThat(server.get("status").textValue()).isEqualTo("active");
        assertThat(server.get("changeInfo").get("modifiedDate").textValue()).isEqualTo("2026-02-01T08:30:15Z");
        JsonNode details = server.get("details");
        for (String list :
                List.of("ipAddresses", "alertPolicies", "disks", "partitions", "snapshots", "customFields")) {
            assertThat(details.get(list).isArray()).as(list).isTrue();
        }
        for (String number : List.of("cpu", "diskCount", "memoryMB", "storageGB")) {
            assertThat(details.get(number).isInt()).as(number).isTrue();
        }
        assertThat(details.get("powerState").textValue()).isEqualTo("started");
        assertThat(details.get("inMaintenanceMode").booleanValue()).isFalse();
        assertThat(details.get("hostName").textValue()).isEmpty();
        assertThat(details.get("customFields").get(0).get("displayValue").textValue())
                .isEqualTo("1");
    }

    @Test
    void whatTheInventorySaysCountsUntilAScanKnowsBetter() throws Exception {
        assertThat(door.get(GET).get("osType").textValue()).isEqualTo("Red Hat Enterprise Linux");
        assertThat(door.get(GET).get("os").textValue()).isEmpty();

        String execution = patch();

        JsonNode server = door.get(GET);
        assertThat(server.get("osType").textValue()).isEqualTo("Red Hat Enterprise Linux 9 64-bit");
        assertThat(server.get("os").textValue()).isEqualTo("redHat9_64Bit");
        assertThat(server.get("details").get("hostName").textValue()).isEqualTo("simulated");
        assertThat(server.get("patching").get("missing").intValue()).isZero();
        assertThat(server.get("patching").get("rebootDue").booleanValue()).isTrue();
        assertThat(server.get("patching").get("lastScan").textValue()).matches("[0-9-]{10}T[0-9:]{8}Z");
        assertThat(server.get("patching").get("lastExecutionId").textValue()).isEqualTo(execution);
    }

    @Test
    void powerMaintenanceAndSnapshotsAreThoseOfTheMachine() throws Exception {
        JsonNode details = door.get("/v2/servers/alias/wa1aliasserv0102").get("details");

        assertThat(details.get("powerState").textValue()).isEqualTo("stopped");
        assertThat(details.get("inMaintenanceMode").booleanValue()).isTrue();
        String snapshot = "/v2/servers/alias/wa1aliasserv0102/snapshots/before-patches";
        assertThat(details.get("snapshots").get(0).get("links"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"rel\":\"delete\",\"href\":\"" + snapshot + "\",\"verbs\":[\"DELETE\"]}",
                        "{\"rel\":\"restore\",\"href\":\"" + snapshot + "/restore\",\"verbs\":[\"POST\"]}");
    }

    @Test
    void everyServerOfTheAccountIsReachedByLinksAlone() throws Exception {
        JsonNode centers = door.get("/v2/datacenters/alias?groupLinks=true");
        assertThat(centers).hasSize(1);
        JsonNode center = door.get(href(centers.get(0), "self") + "?groupLinks=true");
        assertThat(center).isEqualTo(centers.get(0));

        List<String> found = new ArrayList<>();
        descend(door.get(href(center, "group")), found);

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "WA1ALIASSERV0101", "WA1ALIASSERV0101", "WA1ALIASSERV0102", "WA1ALIASSERV0103");
    }

    /** As the command line does: a group without servers is not looked into. */
    private void descend(JsonNode group, List<String> found) throws Exception {
        for (JsonNode link : group.get("links")) {
            JsonNode target = door.get(link.get("href").textValue());
            if (link.get("rel").textValue().equals("server")) {
                assertThat(link.get("id").textValue())
                        .isEqualTo(target.get("id").textValue());
                found.add(target.get("name").textValue());
                assertThat(door.get(href(target, "self")).get("id")).isEqualTo(target.get("id"));
                assertThat(door.get(href(target, "group")).get("id")).isEqualTo(target.get("groupId"));
                assertThat(door.get(href(target, "account")).get("accountAlias").textValue())
                        .isEqualTo("ALIAS");
            }
        }
        for (JsonNode below : group.get("groups")) {
            if (below.get("serversCount").intValue() > 0) {
                JsonNode whole = door.get(href(below, "self"));
                assertThat(whole).isEqualTo(below);
                descend(whole, found);
            }
        }
    }

    @Test
    void aGroupCountsEachServerOnceAndBringsThemOnRequest() throws Exception {
        JsonNode root = root("?serverDetail=detailed");

        assertThat(root.get("serversCount").intValue()).isEqualTo(3);
        assertThat(root.get("servers")).hasSize(1);
        assertThat(root.get("servers").get(0)).isEqualTo(door.get("/v2/servers/ALIAS/wa1aliasserv0103"));
        assertThat(root.get("groups"))
                .extracting(group -> group.get("name").textValue() + " "
                        + group.get("serversCount").intValue() + " "
                        + group.get("servers").size())
                .containsExactly("linux 1 1", "web 2 2");
        assertThat(root("").has("servers")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "every, /v2/servers/ALIAS/WA1ALIASNOPE01, 404, Server not found",
        "every, /v2/servers/ALIAS/WA1OTHERSERV0101, 404, Server not found",
        "every, /v2/servers/ALIAS/00000000000000000000000000000000?uuid=true, 404, Server not found",
        "every, /v2/groups/ALIAS/1234, 404, Group not found",
        "every, /v2/datacenters/ALIAS/XX1, 404, Data center not found",
        "alias, /v2/servers/OTHER/WA1OTHERSERV0101, 403, ",
        "alias, /v2/datacenters/OTHER, 403, ",
        "nobody, /v2/datacenters/ALIAS, 401, Authorization has been denied for this request.",
    })
    void whatIsNotThereOrNotYoursIsRefused(String token, String path, int status, String message) throws Exception {
        HttpResponse<String> answer = door.send(token, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(ReadingDoor.read(answer).get("message").textValue())
                .startsWith(Optional.ofNullable(message).orElse("You do not have permission"));
    }

    @Test
    void aNameThatTheServiceGaveIsFoundThoughItIsCalledAUuid() throws Exception {
        assertThat(door.get(GET + "?uuid=true")).isEqualTo(door.get(GET));
    }

    private JsonNode root(String query) throws Exception {
        return door.get(href(door.get("/v2/datacenters/ALIAS/wa1?groupLinks=true"), "group") + query);
    }

    private static String href(JsonNode entity, String rel) {
        for (JsonNode link : entity.get("links")) {
            if (link.get("rel").textValue().equals(rel)) {
                return link.get("href").textValue();
            }
        }
        throw new AssertionError("no link " + rel + " in " + entity);
    }

    /** A run that installs one update and leaves its reboot to somebody else. */
    private String patch() {
        SteppedRuns runs = new SteppedRuns(
                new SimulatedServer(Map.of("openssl", "2-1")).needingRebootAfterInstall(),
                ReadingDoor.NOON,
                door.ledger);
        RequestId request =
                runs.accept(Operation.INSTALL, RebootOption.NEVER, Optional.empty(), SpecialOrders.NONE, SERVER);
        while (door.ledger.report(request).orElseThrow().endedAt().isEmpty()) {
            runs.stepAt(runs.clock.instant().plusSeconds(60));
        }
        return "WA1-"
                + door.ledger.report(request).orElseThrow().runs().getFirst().number();
    }
}
