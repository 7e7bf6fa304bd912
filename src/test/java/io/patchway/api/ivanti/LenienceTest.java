package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.ivanti.ConsoleClient.Answer;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How lenient the door is, as the original is, and where it is not: at the sign-in. */
class LenienceTest {
    private final OpenConsole console =
            new OpenConsole(new SimulatedServers().with("web01", new SimulatedServer(Map.of())));

    @AfterEach
    void close() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/st/console/api/v1.0/patch/scanTemplates",
                "/st/console/api/v1.0/patch/scantemplates/",
                "/ST/Console/API/V1.0/Patch/ScanTemplate",
                "/stconsole/api/v1.0/patch/scanTemplates?COUNT=3&Start=0",
                "/STConsole/API/V1.0/PATCH/SCANTEMPLATES//"
            })
    void letterCaseAndSlashesOfPathsDoNotMatter(String path) {
        Answer answer = console.as("vera").get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("count").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'NAME': 'x', 'templateID': '{4C7069EB-6E1C-4352-91FC-04D4D8ABC07B}', 'EndpointNames': 'web01'}",
                "{'name': 'x', 'TemplateId': 'T', 'MachineGroupIds': ['1']}",
                "{'name': 'x', 'templateId': 'T', 'Machinegroupids': '1', 'unknown': {'deep': [1, 2]}}",
                "{'name': 7, 'templateId': 'T', 'endpointNames': ['web01', ], }",
                "{'credentialId': null, 'diagnosticTraceEnabled': null, 'endpointNames': ['web01'], 'machinegroupIds':"
                        + " [], 'name': 'x', 'runAsCredentialId': null, 'templateId': 'T', 'useMachineCredential':"
                        + " 'False'}",
                "{'name': 'x', 'templateId': 'T', 'endpointNames': ['web01'], 'machineGroupIds': [1],"
                        + " 'useMachineCredential': true, 'connectionMethod': 'ipaddress',"
                        + " 'sshServerValidationMode': 'BLOCKED', 'diagnosticTraceEnabled': 'true', 'credentialId': ''}"
            })
    void bodiesAreReadAsTheyAreWritten(String body) {
        Answer answer = console.as("otto")
                .post("patch/scans", body.replace('\'', '"').replace("\"T\"", '"' + PatchScanTest.SECURITY + '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("expectedResultTotal").asInt()).isOne();
    }

    @Test
    void otherDoorsKeepTheirLetterCase() {
        assertThat(console.as("vera").get("/ST/console").status()).isEqualTo(404);
        assertThat(console.as("vera").get("/st/console/api/v1.1/patch/scans").status())
                .isEqualTo(404);
    }

    @Test
    void nobodyIsServedWithoutTheRightSignIn() {
        for (Answer answer : List.of(
                console.anonymous().get("patch/scans"),
                console.anonymous().get("no/such/thing"),
                console.anonymous().post("patch/scans", "{"),
                console.as("mallory").get("patch/scans"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEmpty();
            assertThat(answer.whole().headers().allValues("WWW-Authenticate"))
                    .singleElement()
                    .asString()
                    .startsWith("Basic ");
        }
    }

    @Test
    void aTokenOfPatchwayServesAsWellAndTheDomainBeforeANameIsPassedOver() {
        assertThat(withAuthorization("Bearer good-token").status()).isEqualTo(200);
        assertThat(withAuthorization("Bearer other").status()).isEqualTo(401);
        assertThat(withAuthorization("bearer good-token").status()).isEqualTo(200);
        assertThat(withAuthorization(ConsoleClient.basic("CORP\\vera", "vera")).status())
                .isEqualTo(200);
        assertThat(withAuthorization("Basic %%%").status()).isEqualTo(401);
        assertThat(withAuthorization("Negotiate abc").status()).isEqualTo(401);
    }

    @Test
    void whoGuessesTooOftenIsToldToWait() {
        for (int i = 0; i < 10; i++) {
            assertThat(withAuthorization("Bearer guess-" + i).status()).isEqualTo(401);
        }

        Answer answer = withAuthorization("Bearer guess");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isNotBlank();
        assertThat(withAuthorization("Bearer good-token").status()).isEqualTo(200);
    }

    private Answer withAuthorization(String header) {
        URI address = console.base().resolve("patch/scans");
        return console.anonymous()
                .send(HttpRequest.newBuilder(address)
                        .header("Authorization", header)
                        .header("Content-Type", "application/json")
                        .method("GET", BodyPublishers.noBody())
                        .build());
    }
}
