package io.patchway.api.clc.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchway.api.clc.discovery.Machine;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.step.SteppedRuns;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What CenturyLink's own command line, the only client of the patch history, sends for {@code clc os-patch list} and
 * {@code clc os-patch list-details}, byte for byte but for the token.
 */
class CommandLineReplayTest {
    private static final String HEADERS =
            " HTTP/1.1\r\nHost: patching.useast.appfog.ctl.io\r\nUser-Agent: clc-go-cli-built-from-source-linux\r\n"
                    + "Authorization: Bearer every\r\nClc-Alias: ALIAS\r\nContent-Type: application/json\r\n\r\n";
    private static final String LIST = "GET /rest/servers/ALIAS/server/WA1ALIASSERV0101/patch";

    private final ReadingDoor door = new ReadingDoor(server -> Machine.STARTED, ReadingDoor.server("wa1aliasserv0101"));

    @BeforeEach
    void patch() {
        SteppedRuns runs = new SteppedRuns(
                new SimulatedServer(Map.of("openssl", "2-1")).needingRebootAfterInstall(),
                ReadingDoor.NOON,
                door.ledger);
        RequestId request = runs.accept(
                Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), SpecialOrders.NONE, "wa1aliasserv0101");
        while (door.ledger.report(request).orElseThrow().endedAt().isEmpty()) {
            runs.stepAt(runs.clock.instant().plusSeconds(60));
        }
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void itsListIsAnswered() throws Exception {
        RawExchange.Answer answer = RawExchange.send(door.port(), LIST + HEADERS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).containsIgnoringCase("content-type: application/json");
        assertThat(PublishedShape.list(new JsonMapper().readTree(answer.body())))
                .singleElement()
                .satisfies(
                        execution -> assertThat(execution.get("init_messages")).hasSize(2));
    }

    @Test
    void itsListOfDetailsIsAnswered() throws Exception {
        String id = door.get("/rest/servers/ALIAS/server/WA1ALIASSERV0101/patch")
                .get(0)
                .get("execution_id")
                .textValue();

        RawExchange.Answer answer = RawExchange.send(door.port(), LIST + "/" + id + HEADERS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(PublishedShape.detail(new JsonMapper().readTree(answer.body()))
                        .get("patches"))
                .hasSize(1);
    }

    @Test
    void whatItPrintsForAnUnknownServerIsTheMessage() throws Exception {
        RawExchange.Answer answer = RawExchange.send(door.port(), LIST.replace("SERV0101", "NOPE01") + HEADERS);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Server not found\"}");
    }
}
