package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.clc.OpenClcDoor;
import io.patchway.api.clc.OperationEntities;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.machine.MachineWatch;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.ServerId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls about snapshots answer, and when they have nothing done. */
class SnapshotCallsTest extends MachineCallsDoor {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"snapshotExpirationDays\":7,\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"SnapshotExpirationDays\":\"7\",\"ServerIds\":[\"WA1ALIASSERV0101\"]}"
            })
    void aSnapshotIsOrderedInAnyLetterCase(String body) throws Exception {
        givenSnapshotCommands();

        statusOf(entities("createSnapshot", body), FIRST);
        assertThat(onlyRequest().special().machine()).isEqualTo(MachineOrders.keptFor(7));
    }

    @Test
    void aSnapshotIsOrderedByAForm() throws Exception {
        givenSnapshotCommands();
        HttpResponse<String> response = door.send(HttpRequest.newBuilder()
                .uri(door.at(OPERATIONS + "createSnapshot"))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("serverIds=WA1ALIASSERV0101&snapshotExpirationDays=7")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        statusOf(OpenClcDoor.json(response.body()), FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"snapshotExpirationDays\":0,\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"snapshotExpirationDays\":11,\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"snapshotExpirationDays\":\"soon\",\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "{\"snapshotExpirationDays\":7,\"serverIds\":[]}",
                "{\"serverIds\":[\"WA1ALIASSERV0101\"]}",
                "[\"WA1ALIASSERV0101\"]"
            })
    void aSnapshotThatMakesNoSenseIsNotMade(String body) throws Exception {
        givenSnapshotCommands();

        assertThat(call("createSnapshot", operator, body).statusCode()).isEqualTo(400);
        assertThat(ledger.openRuns()).isZero();
    }

    @Test
    void aSecondSnapshotOfAServerIsRefused() throws Exception {
        givenSnapshotCommands();
        promise(FIRST);

        JsonNode entities = entities(
                "createSnapshot",
                "{\"snapshotExpirationDays\":7,\"serverIds\":[\"WA1ALIASSERV0101\",\"WA1ALIASSERV0102\"]}");
        assertThat(sentence(entities, FIRST.value())).isEqualTo(OperationEntities.CANNOT_BE_QUEUED);
        statusOf(entities, SECOND);
    }

    @Test
    void aSnapshotIsRestoredByItsNumberOrNameAndAnsweredWithOneLink() throws Exception {
        givenSnapshotCommands();
        Snapshot snapshot = promise(FIRST);
        promise(SECOND);

        JsonNode link = link(door.call(
                "POST",
                "/v2/servers/alias/wa1aliasserv0101/snapshots/" + snapshot.number() + "/restore",
                operator,
                ""));
        assertThat(link.path("rel").asText()).isEqualTo("status");
        assertThat(link.path("href").asText())
                .isEqualTo("/v2/operations/alias/status/" + link.path("id").asText());
        assertThat(onlyRequest().operation()).isEqualTo(Operation.RESTORE_SNAPSHOT);

        link(door.call("DELETE", "/v2/servers/alias/WA1ALIASSERV0102/snapshots/wa1aliasserv0102.1", operator, ""));
    }

    @Test
    void anUnknownSnapshotIsNotFoundAndOneWithoutACommandIsRefusedWithTheReason() throws Exception {
        promise(FIRST);

        assertThat(door.call("POST", "/v2/servers/ALIAS/wa1aliasserv0101/snapshots/77/restore", operator, "")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> refused =
                door.call("DELETE", "/v2/servers/ALIAS/wa1aliasserv0101/snapshots/wa1aliasserv0101.1", operator, "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("has no command deleteSnapshot in config/machines.yaml");
    }

    @Test
    void anExpiredSnapshotIsDeletedByARunOfItsOwn() {
        givenSnapshotCommands();
        promise(FIRST);
        MachineWatch watch = watch();
        assertThat(watch.claimExpired()).isEmpty();

        clock.advance(Duration.ofDays(8));
        watch.claimExpired().forEach(watch::delete);

        assertThat(onlyRequest().operation()).isEqualTo(Operation.DELETE_SNAPSHOT);
        assertThat(onlyRequest().recipients()).isEmpty();
    }

    @Test
    void theExpiredSnapshotOfAServerThatLeftTheInventoryIsForgotten() {
        givenSnapshotCommands();
        ServerId gone = new ServerId("gone-01");
        promise(gone);
        clock.advance(Duration.ofDays(8));

        watch().claimExpired().forEach(watch()::delete);

        assertThat(memory.of(gone)).isEmpty();
        assertThat(ledger.openRuns()).isZero();
        assertThat(audit.lines())
                .anySatisfy(line -> assertThat(line).contains("snapshot.forgotten", "server gone-01", "gone-01.1"));
    }
}
