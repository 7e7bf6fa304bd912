package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every field of every published model, with its name and type; what is added to one is listed here as well. */
class ModelsTest {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Predicate<JsonNode> TEXT = JsonNode::isTextual;
    private static final Predicate<JsonNode> DATE =
            node -> node.isTextual() && TIME.matcher(node.asText()).matches();
    private static final Predicate<JsonNode> ID =
            node -> node.isTextual() && GUID.matcher(node.asText()).matches();
    private static final Predicate<JsonNode> INT = JsonNode::isInt;
    private static final Predicate<JsonNode> LONG = node -> node.isInt() || node.isLong();
    private static final Predicate<JsonNode> TRUTH = JsonNode::isBoolean;
    private static final Predicate<JsonNode> TEXTS = node -> node.isArray();

    private final OpenConsole console = new OpenConsole(
            new SimulatedServers().with("web01", new SimulatedServer(Map.of("openssl", "2-1", "bash", "2-1"))));
    private final ConsoleClient client = console.as("anna");
    private String scan;

    @BeforeEach
    void scan() {
        String all = PatchScanTest.everything(client);
        scan = client.post(
                        "patch/scans",
                        "{\"name\": \"x\", \"templateId\": \"%s\", \"endpointNames\": [\"web01\", \"lost.example.org\"]}"
                                .formatted(all))
                .json()
                .path("id")
                .asText();
        console.finish();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static Predicate<JsonNode> links(String... names) {
        return node -> names.length == node.size()
                && List.of(names).stream()
                        .allMatch(name -> node.path(name).path("href").asText().startsWith("http://127.0.0.1:"));
    }

    private static Predicate<JsonNode> oneOf(String... words) {
        return node -> List.of(words).contains(node.asText());
    }

    private static void check(JsonNode model, Map<String, Predicate<JsonNode>> required, Set<String> optional) {
        required.forEach((name, type) -> assertThat(type.test(model.path(name)))
                .as("%s of %s", name, model)
                .isTrue());
        model.fieldNames()
                .forEachRemaining(name -> assertThat(required.containsKey(name) || optional.contains(name))
                        .as("%s of %s is declared", name, model)
                        .isTrue());
        model.forEach(value -> assertThat(value.isNull()).isFalse());
    }

    @Test
    void aPatchScan() {
        check(
                client.read("patch/scans/" + scan),
                Map.ofEntries(
                        Map.entry("consoleName", TEXT),
                        Map.entry("definitionDate", DATE),
                        Map.entry("definitionVersion", TEXT),
                        Map.entry("expectedResultTotal", INT),
                        Map.entry("id", ID),
                        Map.entry("isComplete", TRUTH),
                        Map.entry("links", links("self", "machines", "template")),
                        Map.entry("name", TEXT),
                        Map.entry("receivedResultCount", INT),
                        Map.entry("scanType", oneOf("Patch")),
                        Map.entry("startedOn", DATE),
                        Map.entry("updatedOn", DATE),
                        Map.entry("user", node -> node.asText().equals("CONSOLE-1\\anna"))),
                Set.of("isCancelled"));
    }

    @Test
    void aPatchScanMachine() {
        Map<String, Predicate<JsonNode>> required = Map.of(
                "completedOn", DATE,
                "domain", TEXT,
                "errorNumber", INT,
                "id", INT,
                "installedPatchCount", INT,
                "links", links("patches"),
                "missingPatchCount", INT,
                "missingServicePackCount", INT,
                "name", TEXT);
        Set<String> optional =
                Set.of("dnsName", "errorDescription", "errorHint", "rebootRequired", "operatingSystem", "serverId");
        List<JsonNode> machines = PatchScanTest.rows(client.read("patch/scans/" + scan + "/machines"));

        assertThat(machines).hasSize(2).allSatisfy(machine -> check(machine, required, optional));
        assertThat(machines.get(1).path("dnsName").isTextual()).isTrue();
        assertThat(machines.get(1).path("errorDescription").isTextual()).isTrue();
        assertThat(machines.get(0).has("virtualServer")).isFalse();
    }

    @Test
    void aDetectedPatch() {
        Map<String, Predicate<JsonNode>> required = Map.ofEntries(
                Map.entry("bulletinId", TEXT),
                Map.entry("cultureName", TEXT),
                Map.entry("kb", TEXT),
                Map.entry("links", links("download")),
                Map.entry("patchType", oneOf("SecurityPatch", "NonSecurityPatch")),
                Map.entry("patchId", ID),
                Map.entry("productName", TEXT),
                Map.entry("productId", ID),
                Map.entry("scanItemId", LONG),
                Map.entry("scanState", oneOf("FoundPatch", "MissingPatch", "MissingServicePack")),
                Map.entry("servicePackName", TEXT),
                Map.entry("vendorSeverity", oneOf("None", "Critical", "Important", "Moderate", "Low")),
                Map.entry("advisories", TEXTS),
                Map.entry("cves", TEXTS),
                Map.entry("rebootRequired", TRUTH),
                Map.entry("packageName", TEXT),
                Map.entry("packageVersion", TEXT));
        String machine = PatchScanTest.rows(client.read("patch/scans/" + scan + "/machines"))
                .get(0)
                .path("links")
                .path("patches")
                .path("href")
                .asText();
        List<JsonNode> rows = PatchScanTest.rows(client.read(machine));

        assertThat(rows).hasSize(4).allSatisfy(row -> check(row, required, Set.of()));
        assertThat(client.get(rows.get(0)
                                .path("links")
                                .path("download")
                                .path("href")
                                .asText())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anOperation() {
        check(
                client.read("operations/" + scan),
                Map.of(
                        "created", DATE,
                        "lastAction", DATE,
                        "operation", oneOf("PatchScan"),
                        "percentComplete", INT,
                        "resourceLocation", TEXT,
                        "status", oneOf("Succeeded")),
                Set.of());
    }

    @Test
    void aDeploymentAndItsMachinesAndPatches() {
        String deployment = client.post(
                        "patch/deployments",
                        "{\"scanId\": \"%s\", \"templateId\": \"7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8\"}"
                                .formatted(scan))
                .header("Location");
        check(
                client.read(deployment),
                Map.of(
                        "completedMachineCount", INT,
                        "creator", TEXT,
                        "expectedMachineCount", INT,
                        "id", ID,
                        "isComplete", TRUTH,
                        "lastUpdatedOn", DATE,
                        "links", links("self", "machines", "template"),
                        "name", TEXT,
                        "startedOn", DATE),
                Set.of());
        console.finishPatiently();
        JsonNode machine =
                PatchScanTest.rows(client.read(deployment + "/machines")).get(0);
        check(
                machine,
                Map.of(
                        "address", TEXT,
                        "completedPatches", INT,
                        "domain", TEXT,
                        "id", INT,
                        "lastUpdated", DATE,
                        "links", links("self"),
                        "name", TEXT,
                        "overallState", oneOf("Complete", "Failed"),
                        "patchStates", TEXTS,
                        "statusDescription", TEXT),
                Set.of("errorNumber", "errorDescription"));
        check(
                machine.path("patchStates").path(0),
                Map.ofEntries(
                        Map.entry("bulletinId", TEXT),
                        Map.entry("hasExecuted", TRUTH),
                        Map.entry("kb", TEXT),
                        Map.entry("lastUpdated", DATE),
                        Map.entry("nativeCode", INT),
                        Map.entry("overallState", TEXT),
                        Map.entry("overallStateDescription", TEXT),
                        Map.entry("patchId", ID),
                        Map.entry("scheduledOn", DATE),
                        Map.entry("status", TEXT),
                        Map.entry("statusDescription", TEXT)),
                Set.of("finishedOn", "startedOn"));
    }

    @Test
    void templatesAndGroups() {
        check(
                client.read("patch/scanTemplates").path("value").path(0),
                Map.of(
                        "creator", TEXT,
                        "description", TEXT,
                        "id", ID,
                        "isSystem", TRUTH,
                        "links", links("self", "usedby"),
                        "name", TEXT,
                        "path", TEXT,
                        "patchFilter", JsonNode::isObject,
                        "threadCount", INT),
                Set.of());
        check(
                client.read("patch/scanTemplates").path("value").path(0).path("patchFilter"),
                Map.of(
                        "patchGroupFilterType", TEXT,
                        "patchGroupIds", TEXTS,
                        "patchPropertyFilter", JsonNode::isObject,
                        "scanFor", TEXT,
                        "softwareDistribution", TRUTH,
                        "vendorFamilyProductFilter", JsonNode::isObject),
                Set.of());
        check(
                client.read("machinegroups").path("value").path(0),
                Map.of(
                        "connectionMethod", TEXT,
                        "creator", TEXT,
                        "description", TEXT,
                        "id", INT,
                        "isSystem", TRUTH,
                        "links", links("self", "discoveryFilters", "usedby"),
                        "name", TEXT,
                        "path", TEXT),
                Set.of("credentialId"));
        check(
                client.read("machines").path("value").path(0),
                Map.of(
                        "assignedGroup", TEXT,
                        "connectionMethod", TEXT,
                        "consoleName", TEXT,
                        "domain", TEXT,
                        "id", INT,
                        "inMaintenanceMode", TRUTH,
                        "links", links("self"),
                        "name", TEXT),
                Set.of("dnsName", "ipAddress", "latestPatchScanId"));
    }
}
