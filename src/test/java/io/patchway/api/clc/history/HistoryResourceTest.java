package io.patchway.api.clc.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.clc.discovery.Machine;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.step.SteppedRuns;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The patch history as its clients see it, over the runs of simulated servers. */
class HistoryResourceTest {
    private static final String SERVER = "wa1aliasserv0101";
    private static final String LIST = "/rest/servers/ALIAS/server/WA1ALIASSERV0101/patch";
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Map<String, String> FOUR = Map.of("a", "2-1", "b", "2-1", "c", "2-1", "d", "2-1");
    private static final Map<String, String> TWO_MORE = Map.of("a", "3-1", "b", "3-1", "c", "2-1", "d", "2-1");

    private final ReadingDoor door = new ReadingDoor(
            server -> Machine.STARTED, ReadingDoor.server(SERVER), ReadingDoor.server("wa1aliasserv0102"));

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aRunThroughTwoReboots() throws Exception {
        SteppedRuns runs = runs(new SimulatedServer(FOUR, TWO_MORE).needingRebootAfterInstall());
        finish(runs, accept(runs));

        JsonNode execution = PublishedShape.list(door.get(LIST)).getFirst();
        JsonNode detail = detail(execution);

        assertThat(execution.get("status").textValue()).isEqualTo("COMPLETED");
        assertThat(execution.get("init_messages"))
                .extracting(message -> message.get("init_begin_message").textValue())
                .containsExactly("Invoking yum check-update", "Invoking yum check-update", "Invoking yum check-update");
        assertThat(execution.get("init_messages"))
                .extracting(message -> message.get("init_end_message").textValue())
                .satisfiesExactly(
                        last -> assertThat(last).isEqualTo("Update Process Complete. There are 0 updates to install"),
                        second -> assertThat(second).contains("downloaded 2 updates to install##a-3-1.x86_64 "),
                        first -> assertThat(first).contains("downloaded 4 updates to install##a-2-1.x86_64 "));
        assertThat(detail.get("status").textValue()).isEqualTo("COMPLETED");
        assertThat(detail.get("end_message").textValue()).isEqualTo("Updating Complete");
        assertThat(detail.get("patches")).hasSize(6);
        assertThat(detail.get("patches").get(0).get("patch_begin_message").textValue())
                .isEqualTo("Installing a-3-1.x86_64");
        assertThat(detail.get("patches"))
                .extracting(patch -> patch.get("patch_end_message").textValue())
                .containsOnly("Result Code: 2");
    }

    @Test
    void theDurationIsWhatLiesBetweenTheTwoTimes() throws Exception {
        SteppedRuns runs = runs(new SimulatedServer(Map.of()));
        RequestId request = accept(runs);
        runs.stepAt(ReadingDoor.NOON);
        runs.clock.set(ReadingDoor.NOON.plusSeconds(1174));
        finish(runs, request);

        JsonNode detail = detail(PublishedShape.list(door.get(LIST)).getFirst());

        assertThat(detail.get("start_time").textValue()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(detail.get("end_time").textValue()).isEqualTo("2026-03-01T12:20:34Z");
        assertThat(detail.get("duration").textValue()).isEqualTo("20m 34s");
    }

    @Test
    void aRunIsShownFromTheMomentItIsAccepted() throws Exception {
        accept(runs(new SimulatedServer(FOUR)));

        JsonNode execution = PublishedShape.list(door.get(LIST)).getFirst();

        assertThat(execution.get("status").textValue()).isEqualTo("PENDING");
        assertThat(execution.get("start_time").textValue()).isEmpty();
        assertThat(execution.get("init_messages")).isEmpty();
        assertThat(detail(execution).get("duration").textValue()).isEmpty();
    }

    @Test
    void everyStepOfARunHasThePublishedShape() throws Exception {
        SteppedRuns runs = runs(new SimulatedServer(FOUR, TWO_MORE).needingRebootAfterInstall());
        RequestId request = accept(runs);
        while (open(request)) {
            runs.stepAt(runs.clock.instant().plus(STEP));
            JsonNode execution = PublishedShape.list(door.get(LIST)).getFirst();
            JsonNode detail = detail(execution);

            assertThat(execution.get("status").textValue()).isEqualTo(open(request) ? "RUNNING" : "COMPLETED");
            assertThat(detail.get("status")).isEqualTo(execution.get("status"));
        }
    }

    @Test
    void whatIsBeingInstalledIsInProgress() throws Exception {
        SteppedRuns runs = runs(new SimulatedServer(FOUR).installingUntilStopped());
        RequestId request = accept(runs);
        while (door.ledger.report(request).orElseThrow().runs().getFirst().state() != RunState.INSTALLING) {
            runs.stepAt(runs.clock.instant().plus(STEP));
        }

        JsonNode detail = detail(PublishedShape.list(door.get(LIST)).getFirst());

        assertThat(detail.get("status").textValue()).isEqualTo("RUNNING");
        assertThat(detail.get("patches")).hasSize(4).allSatisfy(patch -> {
            assertThat(patch.get("patch_end_message").textValue()).isEqualTo("Result Code: 1");
            assertThat(patch.get("status").textValue()).isEqualTo("PENDING");
            assertThat(patch.get("end_time").textValue()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"b, PARTIAL, 2 4", "a b c d, FAILED, 4"})
    void whatCouldNotBeInstalledFailed(String failing, RunState verdict, String codes) throws Exception {
        SimulatedServer server = new SimulatedServer(FOUR);
        for (String name : failing.split(" ")) {
            server.failingToInstall(name, Meaning.FAILED);
        }
        SteppedRuns runs = runs(server);
        RequestId request = accept(runs);
        finish(runs, request);

        JsonNode execution = PublishedShape.list(door.get(LIST)).getFirst();
        JsonNode detail = detail(execution);

        assertThat(door.ledger.report(request).orElseThrow().runs().getFirst().state())
                .isEqualTo(verdict);
        assertThat(execution.get("status").textValue()).isEqualTo("FAILED");
        assertThat(detail.get("end_message").textValue()).contains("still missing");
        assertThat(detail.get("patches"))
                .extracting(patch -> patch.get("patch_end_message").textValue().replace("Result Code: ", ""))
                .containsOnly(codes.split(" "));
    }

    @Test
    void whatOnlyLookedIsNoExecution() throws Exception {
        SteppedRuns runs = runs(new SimulatedServer(FOUR));
        RequestId scan =
                runs.accept(Operation.SCAN, RebootOption.IF_NEEDED, Optional.empty(), SpecialOrders.NONE, SERVER);
        finish(runs, scan);
        long number = door.ledger
                .report(scan)
                .orElseThrow()
                .runs()
                .getFirst()
                .number()
                .value();

        assertThat(PublishedShape.list(door.get(LIST))).isEmpty();
        assertThat(door.send("every", LIST + "/WA1-" + number).statusCode()).isEqualTo(404);
    }

    @Test
    void aLongHistoryIsReadInPartsAndNothingIsMissedOrTwice() throws Exception {
        for (int i = 0; i < 7; i++) {
            SteppedRuns runs = runs(new SimulatedServer(Map.of()));
            finish(runs, accept(runs));
        }

        HttpResponse<String> first = door.send("every", LIST + "?limit=3");
        HttpResponse<String> second = door.send("every", next(first).orElseThrow());
        HttpResponse<String> third = door.send("every", next(second).orElseThrow());

        List<String> parts = List.of(first, second, third).stream()
                .flatMap(part -> ids(part).stream())
                .toList();
        assertThat(parts).hasSize(7).isEqualTo(ids(door.send("every", LIST)));
        assertThat(next(third)).isEmpty();
    }

    @Test
    void noPageIsLongerThanAHundred() throws Exception {
        SteppedRuns runs = runs(new SimulatedServer(Map.of()));
        for (int i = 0; i < 101; i++) {
            accept(runs);
        }

        assertThat(PublishedShape.list(door.get(LIST))).hasSize(100);
    }

    @Test
    void idsAreReadInAnyLetterCase() throws Exception {
        accept(runs(new SimulatedServer(FOUR)));
        JsonNode upper = door.get(LIST);

        assertThat(door.get("/rest/servers/alias/server/wa1aliasserv0101/patch"))
                .isEqualTo(upper);
        String id = upper.get(0).get("execution_id").textValue();
        assertThat(door.get(LIST + "/" + id.toLowerCase(java.util.Locale.ROOT))
                        .get("execution_id")
                        .textValue())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/WA1-999999", "/WA2-100001", "/x", "/WA1-", "/WA1-99999999999999999999"})
    void anExecutionThatDoesNotExistIsNotFound(String path) throws Exception {
        accept(runs(new SimulatedServer(FOUR)));

        HttpResponse<String> answer = door.send("every", LIST + path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(ReadingDoor.read(answer).get("message").isTextual()).isTrue();
    }

    @Test
    void anExecutionOfAnotherServerIsNotFound() throws Exception {
        accept(runs(new SimulatedServer(FOUR)));
        String id = door.get(LIST).get(0).get("execution_id").textValue();

        HttpResponse<String> answer = door.send("every", "/rest/servers/ALIAS/server/WA1ALIASSERV0102/patch/" + id);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Execution not found\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "every, /rest/servers/ALIAS/server/WA1ALIASNOPE01/patch, 404, Server not found",
        "every, /rest/servers/OTHER/server/WA1ALIASSERV0101/patch, 404, Server not found",
        "alias, /rest/servers/OTHER/server/WA1ALIASSERV0101/patch, 403, ",
        "nobody, /rest/servers/ALIAS/server/WA1ALIASSERV0101/patch, 401, Authorization has been denied for this"
                + " request.",
        "every, /rest/servers/ALIAS/server/WA1ALIASSERV0101/patch?limit=101, 400, The request is invalid.",
        "every, /rest/servers/ALIAS/server/WA1ALIASSERV0101/patch?limit=0, 400, The request is invalid.",
        "every, /rest/servers/ALIAS/server/WA1ALIASSERV0101/patch?cursor=x, 400, The request is invalid.",
    })
    void aCallThatCannotBeAnsweredSaysWhy(String token, String path, int status, String message) throws Exception {
        HttpResponse<String> answer = door.send(token, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(ReadingDoor.read(answer).get("message").textValue())
                .startsWith(Optional.ofNullable(message).orElse("You do not have permission"));
    }

    @Test
    void noPathWhateverItSaysIsAFaultOfTheServer() throws Exception {
        accept(runs(new SimulatedServer(FOUR)));
        Random random = new Random(20261127);
        List<String> beginnings = List.of(
                LIST,
                LIST + "/WA1-100001",
                "/v2/servers/ALIAS/" + SERVER,
                "/v2/groups/ALIAS/x",
                "/v2/datacenters/ALIAS/WA1");
        String strange = "%00/%2F?&=#.;:-~'\"<>{}|^`\\ äWA1x0%C3%28%FF..";

        for (int i = 0; i < 300; i++) {
            StringBuilder path = new StringBuilder(beginnings.get(random.nextInt(beginnings.size())));
            for (int edit = 0; edit <= random.nextInt(4); edit++) {
                char letter = strange.charAt(random.nextInt(strange.length()));
                int place = 1 + random.nextInt(path.length());
                path.insert(place, letter);
            }
            RawExchange.Answer answer = RawExchange.send(
                    door.port(),
                    "GET " + path.toString().replace(" ", "%20")
                            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer every\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).as(path.toString()).isBetween(200, 499);
        }
    }

    private SteppedRuns runs(SimulatedServer server) {
        return new SteppedRuns(server, ReadingDoor.NOON, door.ledger);
    }

    private static RequestId accept(SteppedRuns runs) {
        return runs.accept(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), SpecialOrders.NONE, SERVER);
    }

    private void finish(SteppedRuns runs, RequestId request) {
        while (open(request)) {
            runs.stepAt(runs.clock.instant().plus(STEP));
        }
    }

    private boolean open(RequestId request) {
        return door.ledger.report(request).orElseThrow().endedAt().isEmpty();
    }

    private JsonNode detail(JsonNode execution) throws Exception {
        return PublishedShape.detail(
                door.get(LIST + "/" + execution.get("execution_id").textValue()));
    }

    private static Optional<String> next(HttpResponse<String> answer) {
        return answer.headers().firstValue("Link").map(link -> link.replaceFirst("^<(.*)>; rel=\"next\"$", "$1"));
    }

    private static List<String> ids(HttpResponse<String> answer) {
        try {
            return PublishedShape.list(ReadingDoor.read(answer)).stream()
                    .map(execution -> execution.get("execution_id").textValue())
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
