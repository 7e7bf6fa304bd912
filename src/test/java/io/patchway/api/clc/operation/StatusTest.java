package io.patchway.api.clc.operation;

import static io.patchway.api.clc.OpenClcDoor.json;
import static io.patchway.api.clc.operation.ClcWorld.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchway.access.Role;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
    private static final String SERVER = "wa1aliasserv0101";

    @TempDir
    Path folder;

    private ClcWorld world;
    private String path;

    @BeforeEach
    void execute() throws Exception {
        world = new ClcWorld(folder, AdmissionLimit.DEFAULT, StatusTest::anotherKind);
        path = ClcWorld.statusOf(world.accepted(body(SERVER)), SERVER);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Optional<OperationStatus> anotherKind(ExecutionNumber number) {
        return Optional.of(new OperationStatus(
                        StatusWord.UNKNOWN, new ServerId(SERVER), true, JsonNodeFactory.instance.objectNode()))
                .filter(status -> number.value() == 7);
    }

    private JsonNode statusAfter(RunState state, String note) throws Exception {
        world.move(SERVER, state, note);
        world.clock.advance(Duration.ofSeconds(2));
        return world.status(path);
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING_WINDOW, notStarted",
        "PRECHECK, executing",
        "SCANNING, executing",
        "INSTALLING, executing",
        "REBOOTING, executing",
        "WAITING_FOR_RETURN, executing",
        "VERIFYING, executing",
        "SUCCEEDED, succeeded",
        "SUCCEEDED_REBOOT_PENDING, failed",
        "PARTIAL, failed",
        "FAILED, failed",
        "UNKNOWN, failed",
        "DEFERRED, failed",
        "CANCELLED, failed",
        "NO_PROGRESS, failed"
    })
    void everyStateHasOneOfTheWordsThatClientsKnow(RunState state, String word) throws Exception {
        JsonNode status = statusAfter(state, "so it is");

        assertThat(status.path("status").asText()).isEqualTo(word);
        assertThat(status.path("state").asText()).isEqualTo(state.name());
    }

    @Test
    void besideTheWordStandsWhatIsKnownOfTheRun() throws Exception {
        world.clock.advance(Duration.ofMillis(1500));
        JsonNode status = statusAfter(RunState.INSTALLING, "installs 4 patches");

        assertThat(status.path("executionId").asText())
                .isEqualTo(path.substring(path.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
        assertThat(status.path("server").asText()).isEqualTo(SERVER);
        assertThat(status.path("operation").asText()).isEqualTo("INSTALL");
        assertThat(status.path("round").asInt()).isZero();
        assertThat(status.path("mostRounds").asInt()).isEqualTo(5);
        assertThat(status.path("reboots").asInt()).isZero();
        assertThat(status.path("message").asText()).isEqualTo("installs 4 patches");
        assertThat(status.path("source").path("userName").asText()).isEqualTo("demouser1");
        assertThat(status.path("source").path("requestedAt").asText()).isEqualTo("2026-11-27T12:00:00Z");
        assertThat(status.path("startedAt").asText()).isEqualTo("2026-11-27T12:00:01Z");
        assertThat(status.has("endedAt")).isFalse();
        assertThat(status.has("reason")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, UNREACHABLE: no route to host, offline",
        "FAILED, UNSUPPORTED: package Yum Update does not serve DEBIAN, osNotSupported",
        "FAILED, NOT_PERMITTED: sudo asks for a password, noRights",
        "DEFERRED, LOCKED: the package manager is locked by yum, packageManagerLocked",
        "UNKNOWN, HOST_KEY_CHANGED: another key, hostKeyNotTrusted",
        "FAILED, something else, failed",
        "NO_PROGRESS, the same is missing, noProgress",
        "SUCCEEDED_REBOOT_PENDING, a reboot is due, rebootPending"
    })
    void aRunThatDidNotSucceedSaysWhyInOneWord(RunState state, String note, String reason) throws Exception {
        JsonNode status = statusAfter(state, note);

        assertThat(status.path("reason").asText()).isEqualTo(reason);
        assertThat(status.path("message").asText()).isEqualTo(note);
        assertThat(status.path("endedAt").asText()).isEqualTo("2026-11-27T12:00:00Z");
    }

    @Test
    void anEndIsToldAtMostASecondLateAndNeverEarly() throws Exception {
        world.move(SERVER, RunState.VERIFYING, "verifies");
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(world.status(path).path("status").asText()).isEqualTo("executing");

        world.move(SERVER, RunState.SUCCEEDED, "verified");
        assertThat(world.status(path).path("status").asText()).isIn("executing", "succeeded");
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.status(path).path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aRunThatGoesOnAfterItsNodeHadStoppedIsResumedUntilItsNextState() throws Exception {
        world.move(SERVER, RunState.INSTALLING, "installs");
        world.claimed(SERVER);
        world.clock.advance(Duration.ofSeconds(2));
        world.ledger.giveBackAll("node-1", world.clock.instant());
        assertThat(world.status(path).path("status").asText()).isEqualTo("resumed");

        assertThat(statusAfter(RunState.REBOOTING, "reboots").path("status").asText())
                .isEqualTo("executing");
    }

    @Test
    void aRunThatHadNotBegunIsNotResumed() throws Exception {
        world.claimed(SERVER);
        world.ledger.giveBackAll("node-1", world.clock.instant());

        assertThat(world.status(path).path("status").asText()).isEqualTo("notStarted");
    }

    @Test
    void idsAndAliasesCountInAnyLetterCase() throws Exception {
        String id = path.substring(path.lastIndexOf('/') + 1);

        assertThat(world.status("/v2/operations/Alias/status/" + id.toUpperCase(Locale.ROOT)))
                .isEqualTo(world.status(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alias/status/wa1-999999",
                "alias/status/uc1-100001",
                "alias/status/100001",
                "alias/status/wa1-100001x",
                "alias/status/wa1-99999999999999999999",
                "alias/status/%27",
                "pway/status/wa1-100001"
            })
    void anIdThatTheAccountDoesNotHaveIsNotFound(String unknown) throws Exception {
        assertThat(path).as("the id that the cases vary").endsWith("wa1-100001");
        HttpResponse<String> response = world.door.call("GET", "/v2/operations/" + unknown, world.operator, "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response.body()).path("message").asText()).isNotEmpty();
    }

    @Test
    void whoMayOnlyLookMayAskAndWhoseAliasIsAnotherMayNot() throws Exception {
        String stranger = world.token("stranger", Role.ADMINISTRATOR, "OTHER");

        assertThat(world.door.call("GET", path, world.viewer, "").statusCode()).isEqualTo(200);
        assertThat(world.door.call("GET", path, stranger, "").statusCode()).isEqualTo(403);
    }

    @Test
    void operationsOfAnotherKindHaveTheirStatusToo() throws Exception {
        JsonNode status = world.status("/v2/operations/alias/status/wa1-7");

        assertThat(status.path("status").asText()).isEqualTo("unknown");
        assertThat(status.path("executionId").asText()).isEqualTo("WA1-7");
    }
}
