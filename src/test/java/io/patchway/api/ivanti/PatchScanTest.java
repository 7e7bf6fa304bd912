package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Severity;
import io.patchway.run.ServerFault;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scans from their start to their end, as a script sees them. */
class PatchScanTest {
    static final String SECURITY = "4c7069eb-6e1c-4352-91fc-04d4d8abc07b";
    private static final Advisory GRAVE = new Advisory(
            "RHSA-2026:0001",
            "openssl",
            Classification.SECURITY,
            Severity.CRITICAL,
            Optional.empty(),
            Optional.empty(),
            List.of("CVE-2026-0001"),
            List.of(),
            true);

    private OpenConsole console;

    @AfterEach
    void close() {
        console.close();
    }

    private void open(SimulatedServers servers) {
        console = new OpenConsole(servers);
    }

    private String start(String body) {
        ConsoleClient.Answer answer = console.as("otto").post("patch/scans", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    static String everything(ConsoleClient client) {
        return client.read("patch/scanTemplates?name=wuscan")
                .path("value")
                .path(0)
                .path("id")
                .asText();
    }

    private static String body(String name, String template, String... endpoints) {
        return "{\"name\": \"%s\", \"templateId\": \"%s\", \"endpointNames\": [\"%s\"]}"
                .formatted(name, template, String.join("\", \"", endpoints));
    }

    @Test
    void whatIsMissingAndInstalledIsToldWithCountsThatAgree() {
        open(new SimulatedServers()
                .with("web01", new SimulatedServer(Map.of("openssl", "2-1", "bash", "2-1")).announcing(GRAVE)));
        ConsoleClient client = console.as("otto");
        String id = start(body("Nightly", SECURITY, "web01"));

        assertThat(client.read("patch/scans/" + id + "/machines").path("count").asInt())
                .isZero();
        console.finish();

        JsonNode machine =
                client.read("patch/scans/" + id + "/machines").path("value").path(0);
        String patches = machine.path("links").path("patches").path("href").asText();
        List<JsonNode> rows = rows(client.read(patches));
        assertThat(machine.path("errorNumber").asInt(-1)).isZero();
        assertThat(machine.has("errorDescription")).isFalse();
        assertThat(machine.path("missingPatchCount").asInt()).isEqualTo(2);
        assertThat(machine.path("installedPatchCount").asInt()).isEqualTo(2);
        assertThat(rows)
                .filteredOn(row -> row.path("scanState").asText().equals("MissingPatch"))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.path("bulletinId").asText()).isEqualTo("RHSA-2026:0001");
                    assertThat(row.path("vendorSeverity").asText()).isEqualTo("Critical");
                    assertThat(row.path("patchType").asText()).isEqualTo("SecurityPatch");
                    assertThat(row.path("cves").path(0).asText()).isEqualTo("CVE-2026-0001");
                    assertThat(row.path("rebootRequired").asBoolean()).isTrue();
                })
                .extracting(row -> row.path("kb").asText())
                .containsExactlyInAnyOrder("bash-2-1.x86_64", "openssl-2-1.x86_64");
        assertThat(rows)
                .filteredOn(row -> row.path("scanState").asText().equals("FoundPatch"))
                .extracting(row -> row.path("kb").asText())
                .containsExactlyInAnyOrder("bash-1-1.x86_64", "openssl-1-1.x86_64");
        assertThat(rows).extracting(row -> row.path("scanItemId").asLong()).doesNotHaveDuplicates();
        assertThat(client.get(patches).text()).isEqualTo(client.get(patches).text());
        assertThat(rows(client.read(patches + "?scanState=missingpatch"))).hasSize(2);
        assertThat(rows(client.read(patches + "?Severity=Low,Moderate"))).isEmpty();
        assertThat(rows(client.read(patches + "?severity=critical&severity=None")))
                .hasSize(4);
    }

    @Test
    void aScanForSecurityPassesOverWhatIsNot() {
        open(new SimulatedServers().with("web01", new SimulatedServer(Map.of("bash", "2-1"))));

        String security = start(body("security", SECURITY, "web01"));
        String all = start(body("all", everything(console.as("vera")), "WEB01"));
        console.finishPatiently();

        assertThat(missing(security)).isZero();
        assertThat(missing(all)).isOne();
    }

    private int missing(String scan) {
        return console.as("vera")
                .read("patch/scans/" + scan + "/machines")
                .path("value")
                .path(0)
                .path("missingPatchCount")
                .asInt(-1);
    }

    @Test
    void anUnknownNameIsAMachineWithAnErrorAndTheOthersAreScanned() {
        open(new SimulatedServers()
                .with("web01", new SimulatedServer(Map.of()))
                .with(
                        "old01",
                        new SimulatedServer(Map.of())
                                .failingToScan(new ServerFault(ServerFault.Kind.UNSUPPORTED, "no package manager"))));
        String id = start(body("some", SECURITY, "web01", "nobody.example.org", "old01", "WEB01"));
        console.finish();

        List<JsonNode> machines = rows(console.as("vera").read("patch/scans/" + id + "/machines"));
        JsonNode scan = console.as("vera").read("patch/scans/" + id);
        assertThat(machines).hasSize(3);
        assertThat(scan.path("expectedResultTotal").asInt()).isEqualTo(3);
        assertThat(scan.path("receivedResultCount").asInt()).isEqualTo(3);
        assertThat(machines.get(0).path("errorNumber").asInt()).isZero();
        assertThat(machines.get(1).path("errorNumber").asInt()).isEqualTo(200);
        assertThat(machines.get(1).path("errorDescription").asText()).contains("nobody.example.org");
        assertThat(machines.get(1).path("name").asText()).isEqualTo("nobody");
        assertThat(machines.get(1).path("dnsName").asText()).isEqualTo("nobody.example.org");
        assertThat(machines.get(1).path("domain").asText()).isEqualTo("example.org");
        assertThat(machines.get(2).path("errorNumber").asInt()).isEqualTo(501);
        assertThat(machines.get(2).path("errorDescription").asText()).isEqualTo("no package manager");
        assertThat(machines.get(2).path("missingPatchCount").asInt()).isZero();
        assertThat(rows(console.as("vera")
                        .read("patch/scans/" + id + "/machines/"
                                + machines.get(1).path("id").asInt() + "/patches")))
                .isEmpty();
    }

    @Test
    void aScanOfNamesThatNobodyKnowsEndsAtOnce() {
        open(new SimulatedServers().with("web01", new SimulatedServer(Map.of())));

        String id = start(body("none", SECURITY, "nobody"));

        JsonNode operation = console.as("vera").read("operations/" + id);
        assertThat(operation.path("status").asText()).isEqualTo("Succeeded");
        assertThat(operation.path("percentComplete").asInt()).isEqualTo(100);
        assertThat(console.as("vera")
                        .read("patch/scans/" + id)
                        .path("isComplete")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theProgressOfAHundredMachinesGrowsUntilEverythingCanBeRead() {
        SimulatedServers servers = new SimulatedServers();
        for (int i = 0; i < 100; i++) {
            servers.with("host-" + i, new SimulatedServer(Map.of("openssl", "2-1")).announcing(GRAVE));
        }
        open(servers);
        String id = start("{\"name\": \"all\", \"templateId\": \"" + SECURITY + "\", \"machineGroupIds\": [1]}");
        List<Integer> percents = new ArrayList<>();
        List<Integer> received = new ArrayList<>();

        boolean running = true;
        while (running) {
            console.stepSome(7);
            JsonNode operation = console.as("vera").read("operations/" + id);
            percents.add(operation.path("percentComplete").asInt());
            received.add(console.as("vera")
                    .read("patch/scans/" + id)
                    .path("receivedResultCount")
                    .asInt());
            running = operation.path("status").asText().equals("Running");
            assertThat(percents.getLast() == 100).isEqualTo(!running);
        }

        assertThat(percents).isSorted().endsWith(100);
        assertThat(received).isSorted().endsWith(100);
        assertThat(new HashSet<>(percents)).hasSizeGreaterThan(10);
        List<JsonNode> machines = rows(console.as("vera").read("patch/scans/" + id + "/machines"));
        assertThat(machines)
                .hasSize(100)
                .allSatisfy(machine ->
                        assertThat(machine.path("missingPatchCount").asInt()).isOne());
    }

    @Test
    void aScanThatIsDeletedWhileItRunsStartsNothingFurtherAndShowsNothing() {
        open(new SimulatedServers()
                .with("web01", new SimulatedServer(Map.of("bash", "2-1")))
                .with("web02", new SimulatedServer(Map.of("bash", "2-1"))));
        String id = start(body("gone", SECURITY, "web01", "web02"));
        console.stepSome(3);

        assertThat(console.as("otto").delete("patch/scans/" + id).status()).isEqualTo(204);
        console.finish();

        assertThat(console.as("vera").get("patch/scans/" + id).status()).isEqualTo(404);
        assertThat(console.as("vera").get("patch/scans/" + id + "/machines").status())
                .isEqualTo(404);
        JsonNode operation = console.as("vera").read("operations/" + id);
        assertThat(operation.path("status").asText()).isEqualTo("Canceled");
        assertThat(operation.path("percentComplete").asInt()).isEqualTo(100);
        assertThat(operation.has("resourceLocation")).isFalse();
        assertThat(console.servers.get("web02").scannedSources()).isEmpty();
    }

    @Test
    void anOperationThatIsCancelledEndsItsScan() {
        open(new SimulatedServers().with("web01", new SimulatedServer(Map.of())));
        String id = start(body("stop", SECURITY, "web01"));

        assertThat(console.as("otto")
                        .delete("operations/" + id + "/01234567-89ab-cdef-0123-456789abcdef")
                        .status())
                .isEqualTo(204);
        console.finish();

        JsonNode machine = console.as("vera")
                .read("patch/scans/" + id + "/machines")
                .path("value")
                .path(0);
        assertThat(console.as("vera").read("operations/" + id).path("status").asText())
                .isEqualTo("Canceled");
        assertThat(machine.path("errorNumber").asInt()).isEqualTo(707);
        assertThat(console.as("otto").delete("operations/" + id).status()).isEqualTo(204);
    }

    @Test
    void theListIsNewestFirstAndItsPagesKeepTheFilters() {
        open(new SimulatedServers().with("web01", new SimulatedServer(Map.of())));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(start(body(i % 2 == 0 ? "Even & odd" : "other", SECURITY, "nobody")));
        }
        ConsoleClient client = console.as("vera");

        assertThat(ids(client.read("patch/scans"))).isEqualTo(ids.reversed().subList(0, 10));
        assertThat(client.read("patch/scans?count=12").path("links").has("next"))
                .isFalse();
        List<String> paged = new ArrayList<>();
        JsonNode page = client.read("patch/scans?Name=even%20%26%20ODD&count=4");
        while (true) {
            paged.addAll(ids(page));
            if (!page.path("links").has("next")) {
                break;
            }
            page = client.read(page.path("links").path("next").path("href").asText());
        }
        assertThat(paged).hasSize(6).isSubsetOf(ids).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(ids(client.read("patch/scans?start=11"))).containsExactly(ids.get(0));
        assertThat(ids(client.read("patch/scans?start=500"))).isEmpty();
        assertThat(ids(client.read("patch/scans?createdByMe=true"))).isEmpty();
        assertThat(ids(console.as("otto").read("patch/scans?CreatedByMe=True&count=1000")))
                .hasSize(12);
        String began =
                client.read("patch/scans/" + ids.get(3)).path("startedOn").asText();
        assertThat(ids(client.read("patch/scans?onOrAfter=" + began + "&onOrBefore=" + began)))
                .contains(ids.get(3));
        assertThat(ids(client.read("patch/scans?onOrBefore=2018-06-26"))).isEmpty();
    }

    @Test
    void machinesAndPatchesCanBeHadAsCsv() {
        open(new SimulatedServers().with("web01", new SimulatedServer(Map.of("openssl", "2-1")).announcing(GRAVE)));
        String id = start(body("csv", SECURITY, "web01", "=cmd|x"));
        console.finish();

        String machines = console.as("vera")
                .get("patch/scans/" + id + "/machines?format=csv")
                .text();
        int machine = rows(console.as("vera").read("patch/scans/" + id + "/machines"))
                .get(0)
                .path("id")
                .asInt();
        String patches = console.as("vera")
                .get("patch/scans/" + id + "/machines/" + machine + "/patches?format=csv&scanState=MissingPatch")
                .text();

        assertThat(machines.lines()).hasSize(3).anyMatch(line -> line.contains(",'=cmd|x,"));
        assertThat(patches.lines()).hasSize(2).anyMatch(line -> line.contains("RHSA-2026:0001,openssl-2-1.x86_64"));
        assertThat(console.as("vera")
                        .get("patch/scans/" + id + "/machines?format=xml")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theDifferenceToTheScanBeforeIsTold() {
        open(new SimulatedServers()
                .with("web01", new SimulatedServer(Map.of("bash", "2-1"), Map.of("bash", "2-1", "zsh", "2-1"))));
        String all = everything(console.as("vera"));
        start(body("before", all, "web01"));
        console.finish();
        console.servers.get("web01").bootByItself();
        String id = start(body("after", all, "web01"));
        console.finish();
        int machine = rows(console.as("vera").read("patch/scans/" + id + "/machines"))
                .get(0)
                .path("id")
                .asInt();

        JsonNode difference = console.as("vera").read("patch/scans/" + id + "/machines/" + machine + "/difference");

        assertThat(difference.path("comparedWith").asText()).endsWith("Z");
        assertThat(difference.path("newlyMissing")).hasSize(1);
        assertThat(difference.path("newlyMissing").path(0).path("packageName").asText())
                .isEqualTo("zsh.x86_64");
        assertThat(difference.path("noLongerMissing")).isEmpty();
    }

    @Test
    void aScanThatTakesAnyHostKeyIsAnAdministratorsAndAudited() {
        open(new SimulatedServers().with("web01", new SimulatedServer(Map.of())));
        String body = body("any", SECURITY, "web01")
                .replace("}", ", \"sshServerValidationMode\": \"skipserverauthentication\"}");

        String id =
                console.as("anna").post("patch/scans", body).json().path("id").asText();

        assertThat(console.audit.lines())
                .anySatisfy(entry -> assertThat(entry).contains("anna", "scan.any-host-key", id));
        assertThat(console.ledger.newest(1).get(0).request().special().anyHostKey())
                .isTrue();
        start(body("pinned", SECURITY, "web01"));
        assertThat(console.ledger.newest(1).get(0).request().special().anyHostKey())
                .isFalse();
    }

    static List<JsonNode> rows(JsonNode envelope) {
        List<JsonNode> rows = StreamSupport.stream(envelope.path("value").spliterator(), false)
                .toList();
        assertThat(envelope.path("count").asInt(-1)).isEqualTo(rows.size());
        return rows;
    }

    private static List<String> ids(JsonNode envelope) {
        List<String> ids =
                rows(envelope).stream().map(row -> row.path("id").asText()).toList();
        assertThat(Set.copyOf(ids)).hasSameSizeAs(ids);
        return ids;
    }
}
