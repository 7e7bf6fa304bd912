package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ivanti.ConsoleClient.Answer;
import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobTarget;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request of the published page "Patch Scans", as it is printed. */
class PublishedExamplesTest {
    private static final String ID = "01234567-89AB-CDEF-0123-456789ABCDEF";
    private static final String TEMPLATE = "4c7069eb-6e1c-4352-91fc-04d4d8abc07b";

    private final OpenConsole console = new OpenConsole(new SimulatedServers()
            .with("web01", new SimulatedServer(Map.of("openssl", "2-1")))
            .with("db01", new SimulatedServer(Map.of())));

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void thePostStartsAScanOfTheGroup() {
        Answer answer = console.as("otto").post("patch/scans", """
            { "machineGroupIds": [1], "name": "Scan of Sample Group", "templateId": "4c7069eb-6e1c-4352-91fc-04d4d8abc07b", "runAsCredentialId": "01234567-89AB-CDEF-0123-456789ABCDEF"}
            """);

        assertThat(answer.status()).isEqualTo(202);
        JsonNode scan = answer.json();
        assertThat(scan.path("name").asText()).isEqualTo("Scan of Sample Group");
        assertThat(scan.path("isComplete").asBoolean(true)).isFalse();
        assertThat(scan.path("expectedResultTotal").asInt()).isEqualTo(2);
        assertThat(answer.header("Operation-Location"))
                .isEqualTo(console.base() + "operations/" + scan.path("id").asText());
        assertThat(answer.header("Location"))
                .isEqualTo(console.base() + "patch/scans/" + scan.path("id").asText())
                .isEqualTo(scan.path("links").path("self").path("href").asText());
    }

    @Test
    void theGetsFindTheScanTheMachinesAndThePatchesByTheIdsThatWerePrinted() {
        printedScan();
        ConsoleClient client = console.as("vera");

        JsonNode scan = client.read("patch/scans/" + ID);
        JsonNode machines = client.read("patch/scans/" + ID + "/machines");
        int machine = machines.path("value").path(0).path("id").asInt();

        assertThat(scan.path("id").asText()).isEqualToIgnoringCase(ID);
        assertThat(scan.path("isComplete").asBoolean()).isTrue();
        assertThat(scan.path("expectedResultTotal").asInt()).isOne();
        assertThat(scan.path("links").path("template").path("href").asText())
                .endsWith("/patch/scanTemplates/" + TEMPLATE);
        assertThat(client.read(scan.path("links").path("template").path("href").asText())
                        .path("name")
                        .asText())
                .isEqualTo("Security Patch Scan");
        assertThat(machine).isPositive();
        assertThat(client.get("patch/scans/" + ID + "/machines/" + machine + "/patches")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("patch/scans").json().path("count").asInt()).isOne();
    }

    @Test
    void theDeleteRemovesIt() {
        printedScan();

        assertThat(console.as("otto").delete("patch/scans/" + ID).status()).isEqualTo(204);

        assertThat(console.as("otto").delete("patch/scans/" + ID).status()).isEqualTo(404);
        assertThat(console.as("vera").get("patch/scans/" + ID).status()).isEqualTo(404);
        assertThat(console.as("vera").get("patch/scans/" + ID + "/machines").status())
                .isEqualTo(404);
        assertThat(console.as("vera").read("patch/scans").path("count").asInt()).isZero();
    }

    /** A scan whose id is the printed one, of a machine that could not be worked on. */
    private void printedScan() {
        Job job = new Job(
                UUID.fromString(ID),
                JobKind.SCAN,
                "My Machine",
                UUID.fromString(TEMPLATE),
                Optional.empty(),
                "joe.coder",
                Instant.parse("2018-06-26T15:21:54.617Z"),
                Map.of());
        console.jobs.begin(job, List.of(new JobTarget("web01", Optional.of(new ServerId("web01")), 200, "gone")));
    }
}
