package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.ivanti.ConsoleClient.Answer;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls at random: whatever comes, the answer is in the words of the API and never that an error happened. */
class RandomCallsTest {
    private static final int CALLS = 3000;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final List<String> PATHS = List.of(
            "patch/scans",
            "patch/scans/{}",
            "patch/scans/{}/machines",
            "patch/scans/{}/machines/{}/patches",
            "patch/scans/{}/machines/{}/difference",
            "operations/{}",
            "operations/{}/{}",
            "patch/scanTemplates",
            "patch/scanTemplates/{}",
            "patch/scanTemplates/{}/usedby",
            "patch/deployTemplates",
            "patch/deployTemplates/{}",
            "patch/deployments",
            "patch/deployments/{}",
            "patch/deployments/{}/machines",
            "patch/deployments/{}/machines/{}",
            "patch/groups",
            "patch/groups/{}",
            "patch/groups/{}/patches",
            "patch/groups/{}/patches/cves",
            "machinegroups",
            "machinegroups/{}",
            "machinegroups/{}/discoveryFilters",
            "machinegroups/{}/discoveryFilters/{}",
            "machines",
            "machines/{}",
            "patches",
            "patches/{}",
            "linux/patchmetadata",
            "patch/downloads/{}",
            "agents",
            "configuration/version");
    private static final List<String> NAMES = List.of(
            "name",
            "templateId",
            "endpointNames",
            "machineGroupIds",
            "credentialId",
            "useMachineCredential",
            "connectionMethod",
            "sshServerValidationMode",
            "scanId",
            "discoveryFilters",
            "category",
            "isExcluded",
            "patchFilter",
            "patchGroupFilterType",
            "patchGroupIds",
            "patchPropertyFilter",
            "securityPatchSeverities",
            "postDeploymentReboot",
            "when",
            "options",
            "cves",
            "cve",
            "path",
            "count",
            "start",
            "onOrAfter",
            "onOrBefore",
            "createdByMe",
            "scanState",
            "severity",
            "format",
            "category",
            "ids");
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\"x\"",
            "7",
            "-1",
            "1e400",
            "12345678901234567890",
            "true",
            "\"False\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "\"4c7069eb-6e1c-4352-91fc-04d4d8abc07b\"",
            "\"7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8\"",
            "[\"web01\"]",
            "[1]",
            "\"' or 1=1 --\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"Scan\"",
            "\"CVE-2026-0001\"",
            "\"IpRange\"",
            "\"10.0.0.1-10.0.0.0\"",
            "\"2018-06-26T15:21:54.617Z\"",
            "{\"when\": \"NoReboot\"}");

    private final Random random = new Random(20261127);

    @Test
    void noCallMakesTheDoorStumble() {
        try (OpenConsole console =
                new OpenConsole(new SimulatedServers().with("web01", new SimulatedServer(Map.of("bash", "2-1"))))) {
            ConsoleClient client = console.as("anna");
            String scan = client.post(
                            "patch/scans",
                            "{\"name\": \"x\", \"templateId\": \"%s\", \"endpointNames\": [\"web01\"]}"
                                    .formatted(PatchScanTest.SECURITY))
                    .json()
                    .path("id")
                    .asText();
            console.finish();
            for (int i = 0; i < CALLS; i++) {
                String path = path(scan) + query();
                String body = random.nextInt(3) == 0 ? "" : value(3);
                String method = pick(METHODS);

                Answer answer = client.call(method, path, body);

                assertThat(answer.status())
                        .as("%s %s %s: %s", method, path, body, answer.text())
                        .isBetween(200, 499);
                if (answer.status() >= 400) {
                    assertThat(answer.message())
                            .as("%s %s %s", method, path, body)
                            .isNotBlank();
                }
            }
        }
    }

    private String path(String scan) {
        String path = pick(PATHS);
        while (path.contains("{}")) {
            String id = pick(List.of(scan, "1", "0", "-7", "99999999999", "x", "1001", "%2e", "a%20b"));
            path = path.replaceFirst("\\{}", id.replace("$", ""));
        }
        return path;
    }

    private String query() {
        StringBuilder query = new StringBuilder("?");
        for (int i = random.nextInt(3); i > 0; i--) {
            String value = pick(VALUES).replace("\"", "");
            query.append(pick(NAMES))
                    .append('=')
                    .append(URLEncoder.encode(value.replace("\\ud800", "\ud83d"), StandardCharsets.UTF_8))
                    .append('&');
        }
        return query.toString();
    }

    private String value(int depth) {
        if (depth == 0 || random.nextInt(12) == 0) {
            return pick(VALUES);
        }
        StringBuilder object = new StringBuilder(depth == 3 && random.nextInt(4) == 0 ? "[{" : "{");
        boolean array = object.charAt(0) == '[';
        for (int i = random.nextInt(6); i > 0; i--) {
            object.append('"')
                    .append(pick(NAMES))
                    .append("\": ")
                    .append(value(random.nextInt(depth)))
                    .append(", ");
        }
        return object.append(array ? "}]" : "}").toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
