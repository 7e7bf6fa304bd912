package io.patchway.api.clc.operation;

import static io.patchway.api.clc.OpenClcDoor.json;
import static io.patchway.api.clc.operation.ClcWorld.MAIL;
import static io.patchway.api.clc.operation.ClcWorld.WINDOWS;
import static io.patchway.api.clc.operation.ClcWorld.YUM_UPDATE;
import static io.patchway.api.clc.operation.ClcWorld.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.access.Role;
import io.patchway.api.clc.OperationEntities;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RunState;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutePackageTest {
    private static final String SERVER = "WA1ALIASSERV0101";

    /** The example of the document that the service was published with. */
    private static final String PUBLISHED = """
        {
            "servers": [
                "WA1ALIASSERV0101"
            ],
            "package": {
                "packageId": "c3c6642e-24e1-4c37-b56a-1cf1476ee360",
                "parameters": {"patch.debug.mode": "false"

                }
            }
        }
        """;

    @TempDir
    Path folder;

    private ClcWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new ClcWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void thePublishedExampleIsAcceptedAsItStands() throws Exception {
        JsonNode entities = world.accepted(PUBLISHED);

        assertThat(entities).hasSize(1);
        assertThat(world.status(ClcWorld.statusOf(entities, "wa1aliasserv0101"))
                        .path("status")
                        .asText())
                .isEqualTo("notStarted");
        PatchRequest request = world.requests().getFirst().request();
        assertThat(request.operation()).isEqualTo(Operation.INSTALL);
        assertThat(request.servers()).containsExactly(new ServerId(SERVER));
        assertThat(request.scriptPackage()).contains("Yum Update");
        assertThat(request.excluded()).containsExactlyInAnyOrder("kernel*", "nss*");
        assertThat(request.maxRounds()).isEqualTo(5);
        assertThat(request.requester()).isEqualTo("demouser1");
        assertThat(request.origin()).startsWith("clc 127.0.0.1");
        assertThat(request.recipients()).containsExactly(MAIL);
    }

    @Test
    void everyDistinctServerHasOneEntityAndTheRefusedOnesASentence() throws Exception {
        JsonNode entities = world.accepted(body(
                SERVER,
                "WA1ALIASNOPE01",
                "wa1aliasserv0101",
                "wa1aliasserv0102",
                "WA1ALIASSCAN0101",
                "web-01",
                "wa1aliasnope01"));

        assertThat(entities)
                .extracting(entity -> entity.path("server").asText() + " " + entity.path("isQueued"))
                .containsExactlyInAnyOrder(
                        "wa1aliasserv0101 true",
                        "wa1aliasserv0102 true",
                        "wa1aliasnope01 false",
                        "wa1aliasscan0101 false",
                        "web-01 false");
        Set<String> statusIds = new HashSet<>();
        entities.forEach(entity -> entity.path("links")
                .forEach(link -> statusIds.add(link.path("id").asText())));
        assertThat(statusIds).as("each server has a status of its own").hasSize(2);
        assertThat(world.requests())
                .singleElement()
                .satisfies(report -> assertThat(report.runs()).hasSize(2));
        assertThat(world.refusals)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("demouser1 request.partly-refused")
                        .contains("wa1aliasnope01: is no server of this account")
                        .contains("scanOnly"));
    }

    @Test
    void aShortIdOfOursIsAnsweredByOneThatIsLongEnough() throws Exception {
        HttpResponse<String> response =
                world.door.call("POST", "/v2/operations/pway/servers/executePackage", world.operator, body("WEB-01"));

        JsonNode entities = json(response.body());
        EntityShape.check(entities);
        assertThat(ClcWorld.statusOf(entities, "wa1pwayweb-01")).startsWith("/v2/operations/pway/status/wa1-");
    }

    @Test
    void whenEveryServerIsRefusedTheAnswerIsStill200AndNothingIsQueued() throws Exception {
        JsonNode entities = world.accepted(body("WA1ALIASNOPE01", "x"));

        assertThat(entities).hasSize(2);
        assertThat(entities)
                .extracting(entity -> entity.path("errorMessage").asText())
                .containsOnly(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(world.requests()).isEmpty();
        assertThat(world.refusals).singleElement().asString().contains("request.refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Servers\":[\"WA1ALIASSERV0101\"],\"PACKAGE\":{\"PackageId\":\"%s\",\"Parameters\":null}}",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"%s\"}}",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"%s\",\"parameters\":{}}}",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"%s\",\"x\":1},\"y\":[{}]}",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"%s\","
                        + "\"parameters\":{\"patch.debug.mode\":true}}}"
            })
    void keysComeInAnyLetterCaseAndParametersMayBeMissing(String form) throws Exception {
        assertThat(world.accepted(form.formatted(YUM_UPDATE))
                        .path(0)
                        .path("isQueued")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5d743f04-a9ce-4174-a7c8-52df93c47c08",
                "C3C6642E-24E1-4C37-B56A-1CF1476EE360",
                "Yum Update",
                "yum update"
            })
    void aPackageIsFoundByItsIdsInAnyLetterCaseAndByItsName(String id) throws Exception {
        assertThat(world.accepted(ClcWorld.of(id, "", SERVER))
                        .path(0)
                        .path("isQueued")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                " ~~ | body",
                "nonsense | body",
                "[] | body",
                "\"text\" | body",
                "{} | body.servers",
                "{\"servers\":[],\"package\":{\"packageId\":\"Yum Update\"}} | body.servers",
                "{\"servers\":\"WA1ALIASSERV0101\",\"package\":{\"packageId\":\"Yum Update\"}} | body.servers",
                "{\"servers\":[null],\"package\":{\"packageId\":\"Yum Update\"}} | body.servers[0]",
                "{\"servers\":[1],\"package\":{\"packageId\":\"Yum Update\"}} | body.servers[0]",
                "{\"servers\":[\"WA1ALIASSERV0101\"]} | body.package",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":null} | body.package",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":[]} | body.package",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{}} | body.package.packageId",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"no such\"}} | body.package.packageId",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"Yum Update\",\"parameters\":[]}} "
                        + "| body.package.parameters",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"Yum Update\",\"parameters\":{\"a\":"
                        + "\"b\"}}} | body.package.parameters.a",
                "{\"servers\":[\"WA1ALIASSERV0101\"],\"package\":{\"packageId\":\"Yum Update\",\"parameters\":"
                        + "{\"patch.debug.mode\":\"maybe\"}}} | body.package.parameters.patch.debug.mode"
            })
    void aBodyThatMakesNoSenseIsRefusedWithItsFieldAndStartsNothing(String body, String field) throws Exception {
        HttpResponse<String> response = world.execute(body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode refusal = json(response.body());
        assertThat(refusal.path("message").asText()).startsWith("The request is invalid.");
        assertThat(refusal.path("modelState").fieldNames()).toIterable().contains(field);
        assertThat(refusal.path("modelState").path(field).path(0).asText()).isNotEmpty();
        assertThat(world.requests()).isEmpty();
    }

    @Test
    void anUnknownPackageIsAnsweredWithTheOnesThereAreWhateverTheServers() throws Exception {
        HttpResponse<String> response =
                world.execute(ClcWorld.of("94644f15-a6c6-4db2-881a-bf645a56cbe0", "", "WA1ALIASNOPE01"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).path("message").asText()).contains("Yum Update (" + YUM_UPDATE + ")", WINDOWS);
    }

    @Test
    void anAliasOfOthersAndARoleThatMayOnlyLookAreForbidden() throws Exception {
        String path = "/v2/operations/OTHER/servers/executePackage";

        assertThat(world.door.call("POST", path, world.operator, body(SERVER)).statusCode())
                .isEqualTo(403);
        HttpResponse<String> looking =
                world.door.call("POST", path.replace("OTHER", "ALIAS"), world.viewer, body(SERVER));
        assertThat(looking.statusCode()).isEqualTo(403);
        assertThat(json(looking.body()).path("message").asText()).isNotEmpty();
        assertThat(world.requests()).isEmpty();
    }

    @Test
    void whatThePackageIsNotMadeForIsRefusedOnceThatIsKnown() throws Exception {
        ServerId first = new ServerId(SERVER);
        ServerId second = new ServerId("wa1aliasserv0102");
        ServerId debianByFile = new ServerId("wa1aliasdeb0101");
        world.scanned.put(first, Optional.of(OperatingSystem.UBUNTU));
        world.scanned.put(second, Optional.empty());

        assertThat(world.accepted(body(SERVER, second.value(), debianByFile.value())))
                .extracting(entity -> entity.path("isQueued").asBoolean())
                .containsOnly(false);

        world.scanned.put(debianByFile, Optional.of(OperatingSystem.CENTOS));
        world.scanned.remove(second);
        assertThat(world.accepted(body(SERVER, second.value(), debianByFile.value())))
                .filteredOn(entity -> entity.path("isQueued").asBoolean())
                .extracting(entity -> entity.path("server").asText())
                .containsExactlyInAnyOrder(second.value(), debianByFile.value());
        assertThat(world.refusals)
                .anySatisfy(line -> assertThat(line).contains("runs UBUNTU, for which Yum Update is not made"));
    }

    @Test
    void aServerThatIsBeingPatchedIsRefusedUntilItsRunHasEnded() throws Exception {
        world.accepted(body(SERVER));
        world.clock.advance(Duration.ofSeconds(30));

        assertThat(world.accepted(body(SERVER)).path(0).path("isQueued").asBoolean())
                .isFalse();
        assertThat(world.accepted(body(SERVER, "WA1ALIASSERV0102")))
                .extracting(entity -> entity.path("isQueued").asBoolean())
                .containsExactlyInAnyOrder(true, false);

        world.move("wa1aliasserv0101", RunState.SUCCEEDED, "verified");
        world.clock.advance(Duration.ofSeconds(30));
        assertThat(world.accepted(body(SERVER)).path(0).path("isQueued").asBoolean())
                .isTrue();
    }

    @Test
    void theSameOrderWithinSecondsIsTheSameOperationAndGetsTheSameAnswer() throws Exception {
        JsonNode first = world.accepted(PUBLISHED);
        world.clock.advance(Duration.ofSeconds(9));

        assertThat(world.accepted(PUBLISHED)).isEqualTo(first);
        assertThat(world.accepted(body(SERVER)))
                .as("as another client writes it")
                .isEqualTo(first);
        String colleague = world.token("colleague", Role.OPERATOR, "ALIAS");
        HttpResponse<String> other =
                world.door.call("POST", "/v2/operations/ALIAS/servers/executePackage", colleague, PUBLISHED);
        assertThat(json(other.body()).path(0).path("isQueued").asBoolean())
                .as("of somebody else it is another operation")
                .isFalse();
        assertThat(world.requests()).hasSize(1);
    }

    @Test
    void fourEqualOrdersAtOnceStartOneRun() throws Exception {
        List<JsonNode> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
            List<Future<JsonNode>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(clients.submit(() -> world.accepted(body(SERVER, "WA1ALIASSERV0102", "WA1ALIASNOPE01"))));
            }
            for (Future<JsonNode> call : calls) {
                answers.add(call.get());
            }
        }

        assertThat(new HashSet<>(answers)).hasSize(1);
        assertThat(world.requests())
                .singleElement()
                .satisfies(report -> assertThat(report.runs()).hasSize(2));
    }

    @Test
    void whenThereIsTooMuchToDoNothingIsQueuedAndTheAnswerSaysWhenToAskAgain() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (ClcWorld full = new ClcWorld(other, 1)) {
            HttpResponse<String> response = full.execute(body(SERVER, "WA1ALIASSERV0102"));

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(full.requests()).isEmpty();
        }
    }

    @Test
    void thePackagesAreShownWithEverythingThatACallNeeds() throws Exception {
        HttpResponse<String> response = world.door.call("GET", "/v2/packages/ALIAS", world.viewer, "");

        JsonNode yum = json(response.body()).path(1);
        assertThat(json(response.body())).hasSize(2);
        assertThat(yum.path("id").asText()).isEqualTo(YUM_UPDATE);
        assertThat(yum.path("name").asText()).isEqualTo("Yum Update");
        assertThat(yum.path("aliases").path(0).asText()).isEqualTo("5d743f04-a9ce-4174-a7c8-52df93c47c08");
        assertThat(yum.path("operatingSystems")).extracting(JsonNode::asText).contains("ROCKY_LINUX", "CENTOS");
        assertThat(yum.path("excludes")).extracting(JsonNode::asText).containsExactly("kernel*", "nss*");
        assertThat(yum.path("parameters").path(0).path("name").asText()).isEqualTo("patch.debug.mode");
        assertThat(yum.path("parameters").path(0).path("allowed")).hasSize(2);
        assertThat(world.door
                        .call("GET", "/v2/packages/OTHER", world.viewer, "")
                        .statusCode())
                .isEqualTo(403);
    }
}
