package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.clc.OpenClcDoor;
import io.patchway.api.clc.OperationEntities;
import io.patchway.run.Operation;
import io.patchway.run.machine.MachineWatch;
import io.patchway.run.machine.PowerState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls about power answer, and when they have nothing done. */
class PowerCallsTest extends MachineCallsDoor {
    @ParameterizedTest
    @ValueSource(strings = {"reboot", "shutDown"})
    void whatALoginCanDoIsQueuedWithAStatusOfItsOwn(String operation) throws Exception {
        JsonNode entities = entities(
                operation, "[\"WA1ALIASSERV0101\",\"wa1aliasserv0101\",\"WA1ALIASNOPE01\",\"wa1otherserv0101\"]");

        assertThat(entities).hasSize(3);
        JsonNode status = OpenClcDoor.json(
                door.call("GET", statusOf(entities, FIRST), operator, "").body());
        assertThat(status.path("status").asText()).isEqualTo("notStarted");
        assertThat(sentence(entities, "wa1aliasnope01")).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(sentence(entities, "wa1otherserv0101")).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "powerOff", "pause", "archive"})
    void whatNobodyGaveACommandForIsRefusedAndTheAuditLogSaysWhy(String operation) throws Exception {
        JsonNode entities = entities(operation, "[\"WA1ALIASSERV0101\"]");

        assertThat(sentence(entities, FIRST.value())).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(ledger.openRuns()).isZero();
        if (!operation.equals("archive")) {
            assertThat(audit.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("machine.refused", "has no command " + operation + " in config/machines.yaml"));
        }
    }

    @Test
    void aStartedServerIsInTheDesiredStateAlready() throws Exception {
        memory.doing(Operation.POWER_ON, () -> {});

        assertThat(sentence(entities("powerOn", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.ALREADY_IN_STATE);
    }

    @Test
    void aServerThatDoesNotAnswerIsStarted() throws Exception {
        memory.doing(Operation.POWER_ON, () -> {});
        down.add(FIRST);

        assertThat(statusOf(entities("powerOn", "[\"WA1ALIASSERV0101\"]"), FIRST))
                .startsWith("/v2/operations/alias/status/wa1-");
    }

    @Test
    void aWindowsServerIsNotShutDown() throws Exception {
        assertThat(sentence(entities("shutDown", "[\"WA1ALIASWIN01\"]"), WINDOWS.value()))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        assertThat(ledger.openRuns()).isZero();
        assertThat(audit.lines())
                .anySatisfy(line -> assertThat(line).contains("is a Windows server, which cannot be shut down"));
        statusOf(entities("reboot", "[\"WA1ALIASWIN01\"]"), WINDOWS);
    }

    @Test
    void aStoppedServerIsNeitherShutDownNorRebooted() throws Exception {
        memory.remember(FIRST, PowerState.STOPPED, NOON);
        down.add(FIRST);

        assertThat(sentence(entities("shutDown", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.ALREADY_IN_STATE);
        assertThat(sentence(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @Test
    void aServerThatWasStoppedAndAnswersIsStartedAgainForUs() throws Exception {
        memory.remember(FIRST, PowerState.STOPPED, NOON);

        statusOf(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST);
        assertThat(memory.stateOf(FIRST)).isEqualTo(PowerState.STARTED);
    }

    @Test
    void aServerForScansOnlyIsLeftAlone() throws Exception {
        assertThat(sentence(entities("reboot", "[\"WA1ALIASSCAN0101\"]"), "wa1aliasscan0101"))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @Test
    void theSameCallWithinSecondsIsTheSameOperationAndALaterOneFindsTheServerBusy() throws Exception {
        String first = statusOf(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST);

        assertThat(statusOf(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST))
                .isEqualTo(first);
        assertThat(ledger.openRuns()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        assertThat(sentence(entities("reboot", "[\"WA1ALIASSERV0101\"]"), FIRST.value()))
                .isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
    }

    @Test
    void aRepeatedCallGetsTheSameAnswerForServersThatWereInTheStateAlready() throws Exception {
        memory.doing(Operation.POWER_ON, () -> {});
        down.add(SECOND);
        String body = "[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]";
        JsonNode first = entities("powerOn", body);

        assertThat(sentence(first, FIRST.value())).isEqualTo(OperationEntities.ALREADY_IN_STATE);
        statusOf(first, SECOND);
        assertThat(entities("powerOn", body)).isEqualTo(first);
        assertThat(ledger.openRuns()).isEqualTo(1);
    }

    @Test
    void equalCallsAtTheSameTimeAreOneOperationWithOneAnswer() throws Exception {
        List<Callable<JsonNode>> calls =
                Collections.nCopies(6, () -> entities("reboot", "[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]"));
        Set<JsonNode> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<JsonNode> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
        }

        assertThat(answers).singleElement().satisfies(answer -> {
            statusOf(answer, FIRST);
            statusOf(answer, SECOND);
        });
        assertThat(ledger.openRuns()).isEqualTo(2);
    }

    @Test
    void whatACallIsRefusedIsOneEntryOfTheAuditLog() throws Exception {
        entities("pause", "[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]");

        assertThat(audit.lines())
                .filteredOn(line -> line.contains("machine.refused"))
                .singleElement()
                .asString()
                .contains("pause of 2 servers", FIRST + " has no command", SECOND + " has no command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "[1]", "[\"a\"", "[[\"a\"]]", "\"a\""})
    void aBodyThatIsNoListOfServersHasNothingDone(String body) throws Exception {
        HttpResponse<String> response = call("reboot", operator, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenClcDoor.json(response.body()).path("message").asText()).isNotEmpty();
        assertThat(ledger.openRuns()).isZero();
    }

    @Test
    void whoMayOnlyLookOrIsOfAnotherAccountIsForbidden() throws Exception {
        assertThat(call("reboot", viewer, "[\"WA1ALIASSERV0101\"]").statusCode())
                .isEqualTo(403);
        assertThat(door.call("POST", "/v2/operations/OTHER/servers/reboot", operator, "[\"wa1otherserv0101\"]")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aStoppedServerThatAnswersIsTakenForStarted() {
        memory.remember(FIRST, PowerState.STOPPED, NOON);
        memory.remember(SECOND, PowerState.STOPPED, NOON);
        down.add(SECOND);
        MachineWatch watch = watch();

        watch.notStarted().forEach(watch::lookAt);

        assertThat(watch.notStarted()).containsExactly(SECOND);
    }

    @Test
    void noDamagedCallIsAnErrorOfOurs() throws Exception {
        givenSnapshotCommands();
        Random random = new Random(5);
        List<String> goods = List.of(
                "[\"WA1ALIASSERV0101\",\"x\"]", "{\"snapshotExpirationDays\":7,\"serverIds\":[\"WA1ALIASSERV0101\"]}");
        for (int i = 0; i < 400; i++) {
            StringBuilder body = new StringBuilder(goods.get(i % 2));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(body.length());
                body.replace(
                        at, Math.min(body.length(), at + random.nextInt(4)), "" + (char) (32 + random.nextInt(95)));
            }
            String operation = i % 2 == 0 ? "reboot" : "createSnapshot";
            int before = ledger.openRuns();
            HttpResponse<String> response = call(operation, operator, body.toString());
            assertThat(response.statusCode()).as(body.toString()).isIn(200, 400);
            if (response.statusCode() == 400) {
                assertThat(ledger.openRuns()).isEqualTo(before);
            } else {
                EntityShape.check(OpenClcDoor.json(response.body()));
            }
            clock.advance(Duration.ofSeconds(30));
        }
    }
}
