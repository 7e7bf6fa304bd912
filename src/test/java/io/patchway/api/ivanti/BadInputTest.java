package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.ivanti.ConsoleClient.Answer;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule that a call can break: 400 with a message that names the field, and nothing is started. */
class BadInputTest {
    private static final String TEMPLATE = "4c7069eb-6e1c-4352-91fc-04d4d8abc07b";

    private final OpenConsole console =
            new OpenConsole(new SimulatedServers().with("web01", new SimulatedServer(Map.of())));

    @AfterEach
    void nothingWasStarted() {
        assertThat(console.step()).isZero();
        assertThat(console.as("vera").read("patch/scans").path("count").asInt()).isZero();
        assertThat(console.as("vera").read("patch/deployments").path("count").asInt())
                .isZero();
        console.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'templateId': 'T', 'endpointNames': ['web01']} | name",
                "{'name': '  ', 'templateId': 'T', 'endpointNames': ['web01']} | name",
                "{'name': null, 'templateId': 'T', 'endpointNames': ['web01']} | name",
                "{'name': ['x'], 'templateId': 'T', 'endpointNames': ['web01']} | name",
                "{'name': 'x\\u0007', 'templateId': 'T', 'endpointNames': ['web01']} | name",
                "{'name': 'x', 'endpointNames': ['web01']} | templateId",
                "{'name': 'x', 'templateId': 'no guid', 'endpointNames': ['web01']} | templateId",
                "{'name': 'x', 'templateId': '01234567-89AB-CDEF-0123-456789ABCDEF', 'endpointNames': ['web01']} |"
                        + " templateId",
                "{'name': 'x', 'templateId': 'T'} | endpointNames",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': [], 'machineGroupIds': []} | machineGroupIds",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': [' ']} | endpointNames",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': [{}]} | endpointNames",
                "{'name': 'x', 'templateId': 'T', 'machineGroupIds': [7]} | machineGroupIds",
                "{'name': 'x', 'templateId': 'T', 'machineGroupIds': ['many']} | machineGroupIds",
                "{'name': 'x', 'templateId': 'T', 'machineGroupIds': [1.5]} | machineGroupIds",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'credentialId': '12'} | credentialId",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'runAsCredentialId': 'x'} |"
                        + " runAsCredentialId",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'useMachineCredential': 'maybe'} |"
                        + " useMachineCredential",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'diagnosticTraceEnabled': 7} |"
                        + " diagnosticTraceEnabled",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'connectionMethod': 'Pigeon'} |"
                        + " connectionMethod",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'sshServerValidationMode': 'Maybe'} |"
                        + " sshServerValidationMode",
            })
    void aScanThatBreaksARuleIsRefused(String body, String field) {
        Answer answer =
                console.as("otto").post("patch/scans", body.replace('\'', '"').replace("\"T\"", '"' + TEMPLATE + '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.message()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"name\": }",
                "{\"name\": \"x\"} trailing",
                "{\"name\": \"x\",,}",
                "\"text\"",
                "{'name': 'x'}",
                "\u0000"
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        Answer answer = console.as("otto").post("patch/scans", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.message()).contains("body");
    }

    @Test
    void depthAndLengthHaveTheirLimits() {
        assertThat(console.as("otto").post("patch/scans", "[".repeat(5000)).message())
                .contains("nested too deeply");
        assertThat(console.as("otto")
                        .post("patch/scans", "{\"name\": \"" + "x".repeat(1001) + "\"}")
                        .message())
                .contains("name");
        assertThat(console.as("otto")
                        .post("patch/scans", "{\"name\": \"" + "x".repeat(1 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "count=1001,count",
        "count=0,count",
        "count=-1,count",
        "count=many,count",
        "count=5&Count=6,count",
        "start=-1,start",
        "start=first,start",
        "start=99999999999,start",
        "onOrAfter=yesterday,onOrAfter",
        "onOrAfter=2018-13-01T00:00:00Z,onOrAfter",
        "onOrBefore=2018-06-31,onOrBefore",
        "onOrBefore=%2B999999999-01-01T00:00:00Z,onOrBefore",
        "createdByMe=perhaps,createdByMe"
    })
    void aQueryThatBreaksARuleIsRefused(String query, String field) {
        Answer answer = console.as("vera").get("patch/scans?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.message()).contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | templateId",
                "{'scanId': 'x', 'templateId': '7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8'} | scanId",
                "{'scanId': '01234567-89ab-cdef-0123-456789abcdef', 'templateId':"
                        + " '7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8'} | scanId",
                "{'scanId': '01234567-89ab-cdef-0123-456789abcdef', 'templateId':"
                        + " '4c7069eb-6e1c-4352-91fc-04d4d8abc07b'} | templateId",
                "{'templateId': '7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8'} | scanId",
            })
    void aDeploymentThatBreaksARuleIsRefused(String body, String field) {
        Answer answer = console.as("otto").post("patch/deployments", body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.message()).contains(field);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,patch/scans/01234567-89ab-cdef-0123-456789abcdef",
        "GET,patch/scans/no-guid",
        "GET,patch/scans/01234567-89ab-cdef-0123-456789abcdef/machines",
        "GET,patch/scans/01234567-89ab-cdef-0123-456789abcdef/machines/8/patches",
        "GET,patch/scans/01234567-89ab-cdef-0123-456789abcdef/machines/eight/patches",
        "DELETE,patch/scans/01234567-89ab-cdef-0123-456789abcdef",
        "GET,operations/01234567-89ab-cdef-0123-456789abcdef",
        "DELETE,operations/01234567-89ab-cdef-0123-456789abcdef",
        "GET,patch/deployments/01234567-89ab-cdef-0123-456789abcdef",
        "GET,patch/scanTemplates/01234567-89ab-cdef-0123-456789abcdef",
        "GET,patch/deployTemplates/01234567-89ab-cdef-0123-456789abcdef",
        "GET,patch/groups/7",
        "GET,machinegroups/7",
        "GET,machines/777",
        "GET,agents/7",
        "GET,no/such/thing",
        "GET,"
    })
    void whatIsNotThereIsNotFound(String method, String path) {
        Answer answer = console.as("otto").call(method, path == null ? "" : path, "");

        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.message()).isNotBlank();
    }

    @Test
    void aMethodThatAResourceDoesNotTakeIsRefused() {
        Answer answer = console.as("anna").call("PUT", "patch/scans", "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.message()).contains("GET", "POST");
    }

    @Test
    void rolesAreHeld() {
        String scan = "{\"name\": \"x\", \"templateId\": \"" + TEMPLATE + "\", \"endpointNames\": [\"web01\"]}";

        assertThat(console.as("vera").post("patch/scans", scan).status()).isEqualTo(403);
        assertThat(console.as("otto").post("machinegroups", "{\"name\": \"x\"}").status())
                .isEqualTo(403);
        assertThat(console.as("otto")
                        .post(
                                "patch/scans",
                                scan.replace("}", ", \"sshServerValidationMode\": \"SkipServerAuthentication\"}"))
                        .status())
                .isEqualTo(403);
        assertThat(console.as("vera").read("machinegroups").path("count").asInt())
                .isEqualTo(2);
    }
}
