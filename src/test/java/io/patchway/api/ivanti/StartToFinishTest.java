package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ivanti.ConsoleClient.Answer;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Severity;
import io.patchway.run.InstallProgress;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The documented way from a template and a machine group to patched machines, and back. */
class StartToFinishTest {
    private static final Advisory ADVISORY = new Advisory(
            "RHSA-2026:0001",
            "openssl",
            Classification.SECURITY,
            Severity.IMPORTANT,
            Optional.empty(),
            Optional.empty(),
            List.of("CVE-2026-0001"),
            List.of(),
            false);
    private static final String STANDARD = "7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8";

    private final OpenConsole console = new OpenConsole(new SimulatedServers()
            .with(
                    "web01",
                    new SimulatedServer(Map.of("openssl", "2-1"))
                            .announcing(ADVISORY)
                            .needingRebootAfterInstall())
            .with("web02", new SimulatedServer(Map.of("bash", "2-1", "zsh", "2-1")))
            .with(
                    "bad01",
                    new SimulatedServer(Map.of("openssl", "2-1"))
                            .announcing(ADVISORY)
                            .failingToInstall("openssl", InstallProgress.Meaning.FAILED)));
    private final ConsoleClient anna = console.as("anna");

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aScriptGoesFromAGroupOfMachinesToPatchedOnes() {
        JsonNode patches = created("patch/groups", "{\"name\": \"This month\", \"path\": \"\"}");
        String patchGroup = patches.path("id").asText();
        assertThat(anna.post("patch/groups/" + patchGroup + "/patches/cve", "{\"Cve\": \"cve-2026-0001\"}")
                        .status())
                .isEqualTo(200);
        String template = created(
                        "patch/scanTemplates",
                        "{\"name\": \"By group\", \"description\": \"\", \"path\": \"\", \"threadCount\": \"4\","
                                + "\"patchFilter\": {\"patchGroupFilterType\": \"Scan\", \"patchGroupIds\": [\""
                                + patchGroup + "\"]}}")
                .path("id")
                .asText();
        String group = created(
                        "machinegroups",
                        "{\"name\": \"Web\", \"discoveryFilters\": [{\"category\": \"MachineName\", \"name\":"
                                + " \"web01\"},{\"category\": \"machinename\", \"name\": \"web02\", \"isExcluded\":"
                                + " \"False\"},{\"category\": \"NestedGroup\", \"name\": \"simulated\", \"isExcluded\":"
                                + " false},{\"category\": \"MachineName\", \"name\": \"bad01\", \"isExcluded\":"
                                + " \"True\"}]}")
                .path("id")
                .asText();

        Answer started = anna.post(
                "patch/scans",
                "{\"MachineGroupIds\": [%s], \"Name\": \"Monthly\", \"TemplateId\": \"%s\"}"
                        .formatted(group, template));
        String operation = started.header("Operation-Location");
        assertThat(anna.read(operation).path("status").asText()).isEqualTo("Running");
        console.finish();
        assertThat(anna.read(operation).path("status").asText()).isEqualTo("Succeeded");
        JsonNode scan = anna.read(anna.read(operation).path("resourceLocation").asText());
        List<JsonNode> machines = PatchScanTest.rows(
                anna.read(scan.path("links").path("machines").path("href").asText()));
        assertThat(machines)
                .extracting(machine -> machine.path("missingPatchCount").asInt())
                .containsExactly(1, 0);

        Answer deployed = anna.post(
                "patch/deployments",
                "{\"ScanId\": \"%s\", \"TemplateId\": \"%s\"}"
                        .formatted(scan.path("id").asText(), STANDARD));
        assertThat(deployed.status()).isEqualTo(202);
        String deployment = deployed.header("Location");
        JsonNode before =
                PatchScanTest.rows(anna.read(deployment + "/machines")).get(0);
        assertThat(before.path("overallState").asText()).isEqualTo("Scheduled");
        assertThat(before.path("patchStates").path(0).path("status").asText()).isEqualTo("Scheduled");
        console.finishPatiently();

        JsonNode machine =
                PatchScanTest.rows(anna.read(deployment + "/machines")).get(0);
        assertThat(machine.path("overallState").asText()).as(machine.toString()).isEqualTo("Complete");
        JsonNode patch = machine.path("patchStates").path(0);
        assertThat(patch.path("status").asText()).isEqualTo("VerifiedFixed");
        assertThat(patch.path("statusDescription").asText()).isEqualTo("Successfully installed");
        assertThat(patch.path("bulletinId").asText()).isEqualTo("RHSA-2026:0001");
        assertThat(machine.path("completedPatches").asInt()).isOne();
        assertThat(console.servers.get("web01").rebootCommands()).isOne();
        assertThat(console.servers.get("web02").installCommands()).isZero();
        assertThat(anna.read(deployed.header("Operation-Location"))
                        .path("percentComplete")
                        .asInt())
                .isEqualTo(100);
        assertThat(anna.read(deployment).path("isComplete").asBoolean()).isTrue();

        assertThat(anna.delete("patch/groups/" + patchGroup).status()).isEqualTo(409);
        for (String self : List.of(
                "patch/scans/" + scan.path("id").asText(),
                "patch/scanTemplates/" + template,
                "patch/groups/" + patchGroup,
                "machinegroups/" + group)) {
            assertThat(anna.delete(self).status()).as(self).isEqualTo(204);
            assertThat(anna.delete(self).status()).as(self).isEqualTo(404);
        }
        assertThat(anna.get(deployment).status()).isEqualTo(200);
        assertThat(anna.get(deployment + "/machines").status()).isEqualTo(200);
    }

    @Test
    void onlyWhatTheScanFoundIsInstalled() {
        String scan = anna.post(
                        "patch/scans",
                        "{\"name\": \"x\", \"templateId\": \"%s\", \"endpointNames\": [\"web02\", \"bad01\"]}"
                                .formatted(PatchScanTest.everything(anna)))
                .json()
                .path("id")
                .asText();
        assertThat(anna.post(
                                "patch/deployments",
                                "{\"scanId\": \"%s\", \"templateId\": \"%s\"}".formatted(scan, STANDARD))
                        .status())
                .isEqualTo(409);
        console.finish();

        String deployment = anna.post(
                        "patch/deployments", "{\"scanId\": \"%s\", \"templateId\": \"%s\"}".formatted(scan, STANDARD))
                .header("Location");
        console.finishPatiently();

        List<JsonNode> machines = PatchScanTest.rows(anna.read(deployment + "/machines"));
        assertThat(machines)
                .extracting(machine -> machine.path("overallState").asText())
                .containsExactly("Complete", "Failed");
        assertThat(machines.get(0).path("completedPatches").asInt()).isEqualTo(2);
        assertThat(machines.get(1).path("errorNumber").asInt()).isPositive();
        assertThat(machines.get(1)
                        .path("patchStates")
                        .path(0)
                        .path("overallState")
                        .asText())
                .isEqualTo("Failed");
        JsonNode one = anna.read(
                machines.get(1).path("links").path("self").path("href").asText());
        assertThat(one).isEqualTo(machines.get(1));
    }

    @Test
    void eachMachineGetsWhatTheScanFoundMissingOnItAndNothingOfTheOthers() {
        console.servers
                .with("left", new SimulatedServer(Map.of("bash", "2-1")))
                .with("right", new SimulatedServer(Map.of("zsh", "2-1")));
        String scan = anna.post(
                        "patch/scans",
                        "{\"name\": \"x\", \"templateId\": \"%s\", \"endpointNames\": [\"left\", \"right\"]}"
                                .formatted(PatchScanTest.everything(anna)))
                .json()
                .path("id")
                .asText();
        console.finish();
        console.servers
                .with("left", new SimulatedServer(Map.of("bash", "2-1", "zsh", "2-1")))
                .with("right", new SimulatedServer(Map.of("bash", "2-1", "zsh", "2-1")));

        String deployment = anna.post(
                        "patch/deployments", "{\"scanId\": \"%s\", \"templateId\": \"%s\"}".formatted(scan, STANDARD))
                .header("Location");
        console.finishPatiently();

        assertThat(PatchScanTest.rows(anna.read(deployment + "/machines")))
                .extracting(machine -> machine.path("completedPatches").asInt())
                .containsExactly(1, 1);
    }

    @Test
    void aDeploymentOfMachinesInstallsWhatTheirBaselinesApprove() {
        Answer deployed = anna.post(
                "patch/deployments",
                "{\"endpointNames\": [\"web02\", \"nobody\"], \"templateId\": \"%s\", \"name\": \"By hand\"}"
                        .formatted(STANDARD));
        console.finishPatiently();

        List<JsonNode> machines = PatchScanTest.rows(anna.read(deployed.header("Location") + "/machines"));
        assertThat(machines.get(0).path("completedPatches").asInt()).isEqualTo(2);
        assertThat(machines.get(1).path("overallState").asText()).isEqualTo("Failed");
        assertThat(machines.get(1).path("errorNumber").asInt()).isEqualTo(200);
        assertThat(PatchScanTest.rows(anna.read("patch/deployments?name=by%20hand")))
                .hasSize(1);
    }

    @Test
    void aScanThatFoundNothingMissingIsDeployedAtOnce() {
        String scan = anna.post(
                        "patch/scans",
                        "{\"name\": \"x\", \"templateId\": \"%s\", \"endpointNames\": [\"nobody\"]}"
                                .formatted(PatchScanTest.SECURITY))
                .json()
                .path("id")
                .asText();

        Answer deployed = anna.post(
                "patch/deployments", "{\"scanId\": \"%s\", \"templateId\": \"%s\"}".formatted(scan, STANDARD));

        assertThat(anna.read(deployed.header("Operation-Location"))
                        .path("status")
                        .asText())
                .isEqualTo("Succeeded");
        assertThat(deployed.json().path("expectedMachineCount").asInt()).isZero();
    }

    @Test
    void aNameIsGivenOnceAndWhatShipsStays() {
        created("patch/groups", "{\"name\": \"Twice\"}");
        created(
                "patch/deployTemplates",
                "{\"name\": \"Quiet\", \"PostDeploymentReboot\": {\"when\": \"noreboot\", \"options\":"
                        + " {\"powerState\": \"Restart\", \"countdownMinutes\": 5}}}");

        assertThat(anna.post("patch/groups", "{\"name\": \"TWICE\"}").status()).isEqualTo(409);
        assertThat(anna.post("patch/scanTemplates", "{\"name\": \"wuscan\"}").status())
                .isEqualTo(409);
        assertThat(anna.post("patch/deployTemplates", "{\"name\": \"Standard\"}")
                        .status())
                .isEqualTo(409);
        assertThat(anna.post("machinegroups", "{\"name\": \"Simulated\"}").status())
                .isEqualTo(409);
        assertThat(anna.delete("patch/scanTemplates/" + PatchScanTest.SECURITY).status())
                .isEqualTo(400);
        assertThat(anna.delete("patch/deployTemplates/" + STANDARD).status()).isEqualTo(400);
        assertThat(anna.delete("machinegroups/1").status()).isEqualTo(400);
        assertThat(anna.read("patch/deployTemplates?name=quiet")
                        .path("value")
                        .path(0)
                        .path("postDeploymentReboot")
                        .path("when")
                        .asText())
                .isEqualTo("NoReboot");
    }

    @Test
    void machinesAreTheServersOfTheInventory() {
        String scan = anna.post(
                        "patch/scans",
                        "{\"name\": \"x\", \"templateId\": \"%s\", \"endpointNames\": [\"web01\"]}"
                                .formatted(PatchScanTest.SECURITY))
                .json()
                .path("id")
                .asText();

        List<JsonNode> machines = PatchScanTest.rows(anna.read("machines?count=1000"));
        JsonNode web = anna.read("machines?name=WEB01").path("value").path(0);

        assertThat(machines).hasSize(3);
        assertThat(web.path("latestPatchScanId").asText()).isEqualTo(scan);
        assertThat(web.path("assignedGroup").asText()).isEqualTo("simulated");
        assertThat(anna.read("machines/" + web.path("id").asInt())).isEqualTo(web);
        int highest = machines.getLast().path("id").asInt();
        assertThat(PatchScanTest.rows(anna.read("machines?start=" + highest))).hasSize(1);
        assertThat(PatchScanTest.rows(anna.read("machines?start=" + (highest + 1))))
                .isEmpty();
    }

    @Test
    void patchesThatAreOnOfferAreFoundByWhatTheyFix() {
        anna.post(
                "patch/scans",
                "{\"name\": \"x\", \"templateId\": \"%s\", \"machineGroupIds\": [1]}"
                        .formatted(PatchScanTest.SECURITY));
        console.finish();

        JsonNode found = anna.read("patches?cves=cve-2026-0001").path("value");
        JsonNode vulnerability = found.path(0).path("vulnerabilities").path(0);
        assertThat(found).hasSize(1);
        assertThat(vulnerability.path("bulletinId").asText()).isEqualTo("RHSA-2026:0001");
        int group = created("patch/groups", "{\"name\": \"By id\"}").path("id").asInt();
        assertThat(anna.post(
                                "patch/groups/" + group + "/patches",
                                "[" + vulnerability.path("id").asInt() + "]")
                        .status())
                .isEqualTo(200);
        assertThat(PatchScanTest.rows(anna.read("patch/groups/" + group + "/patches")))
                .extracting(row -> row.path("kb").asText())
                .containsExactly("openssl-2-1.x86_64");
        assertThat(anna.post("patch/groups/" + group + "/patches", "[1234567]").message())
                .isEqualTo("An invalid vulnerability was found or is a service pack '1234567'.");
        assertThat(anna.read("linux/patchmetadata?cves=CVE-2026-0001")
                        .path("value")
                        .path(0)
                        .path("patchTypeSeverity")
                        .asText())
                .isEqualTo("SecurityImportant");
    }

    @Test
    void agentsAreAnsweredHonestly() {
        assertThat(anna.read("agents?count=1&name=web01&listening=true")
                        .path("count")
                        .asInt(-1))
                .isZero();
        assertThat(anna.post("agents/deployment", "{}").message()).contains("no agents");
        assertThat(anna.read("configuration/version").path("productName").asText())
                .isEqualTo("Patchway");
        assertThat(anna.get("patch/productlevelgroups").status()).isEqualTo(200);
    }

    private JsonNode created(String path, String body) {
        Answer answer = anna.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("links").path("self").path("href").asText())
                .isEqualTo(answer.header("Location"));
        return answer.json();
    }
}
