package io.patchway.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.SettableClock;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.Role;
import io.patchway.faults.Survives;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsmDoorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOW);
    private final List<Object> received = new ArrayList<>();
    private OpenSsmDoor door;
    private SignedClient client;

    private record Baseline(
            @JsonProperty("Name") String name,
            @JsonProperty("Description") Optional<String> description,

            @JsonProperty("ApprovedPatchesEnableNonSecurity")
            Optional<Boolean> nonSecurity) {}

    private record Created(@JsonProperty("BaselineId") String id) {}

    private record Window(
            @JsonProperty("WindowId") String id,
            @JsonProperty("Duration") Optional<Integer> duration,
            @JsonProperty("Targets") List<String> targets,
            @JsonProperty("CreatedDate") Instant created) {}

    private record Any() {}

    record Nobody(@JsonProperty("BaselineId") String id) {
        Nobody {
            throw new SsmException("DoesNotExistException", "there is no " + id);
        }
    }

    @BeforeEach
    void open() throws Exception {
        door = new OpenSsmDoor(folder, clock, table -> {
            table.administers("CreatePatchBaseline", Baseline.class, (caller, request) -> {
                received.add(request);
                return new Created("pb-of-" + caller.name());
            });
            table.operates("CancelCommand", Any.class, (caller, request) -> {
                received.add(request);
                return new Empty();
            });
            table.reads(
                    "GetMaintenanceWindow",
                    Any.class,
                    request -> new Window("mw-1", Optional.empty(), List.of(), NOW.plusMillis(250)));
            table.reads("DeletePatchBaseline", Any.class, request -> {
                throw new SsmException("ResourceInUseException", "in use");
            });
            table.reads("GetPatchBaseline", Nobody.class, request -> new Empty());
            table.reads("DescribePatchGroups", Any.class, request -> {
                try (Database away = Database.open(DatabaseSettings.at("jdbc:postgresql://127.0.0.1:1/none"))) {
                    return away;
                }
            });
            table.reads("DescribePatchBaselines", Any.class, request -> {
                throw new IllegalStateException("a secret detail");
            });
        });
        client = new SignedClient(door.address(), door.issue("ops", Role.ADMINISTRATOR), clock);
    }

    @AfterEach
    void close() {
        client.close();
        door.close();
    }

    @Test
    void aSignedCallIsAnsweredInTheContentTypeOfTheService() throws Exception {
        HttpResponse<String> response = client.call("CreatePatchBaseline", "{\"Name\":\"all-patches\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"BaselineId\":\"pb-of-ops\"}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(UUID.fromString(
                        response.headers().firstValue("x-amzn-RequestId").orElseThrow()))
                .isNotNull();
    }

    @Test
    void membersThatAreAbsentAreLeftOutAndTimesAreSecondsWithAFraction() throws Exception {
        JsonNode window = json(client.call("GetMaintenanceWindow", window("mw-0123456789abcdef0")));

        assertThat(window.has("Duration")).isFalse();
        assertThat(window.path("Targets").isArray()).isTrue();
        assertThat(window.path("CreatedDate").decimalValue()).isEqualByComparingTo("1795256100.250");
    }

    @Test
    void anEmptyBodyIsAnEmptyObject() throws Exception {
        assertThat(client.call("CancelCommand", "").body())
                .contains("1 validation error detected: Value null at 'commandId'");
        assertThat(received).isEmpty();
    }

    @Test
    void nullsAndMembersThatNobodyKnowsAreIgnored() throws Exception {
        HttpResponse<String> response = client.call(
                "CreatePatchBaseline",
                "{\"Name\":\"all\",\"Description\":null,\"Invented\":{\"deep\":[1,\"\\u0000\"]}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(received).containsExactly(new Baseline("all", Optional.empty(), Optional.empty()));
    }

    @Test
    void everyViolationIsNamedInOneAnswer() throws Exception {
        HttpResponse<String> response = client.call("CreatePatchBaseline", """
            {"Name": "a b", "OperatingSystem": "BEOS", "ApprovedPatches": [""],
             "GlobalFilters": {"PatchFilters": [{"Key": "CLASSIFICATION", "Values": ["x"]}, {"Values": []}]},
             "Sources": [{"Name": "src-1", "Products": ["*"], "Configuration": ""}]}
            """);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("__type").asText()).isEqualTo("ValidationException");
        assertThat(json(response).path("message").asText())
                .startsWith("6 validation errors detected: Value 'BEOS' at 'operatingSystem' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [WINDOWS, AMAZON_LINUX, ")
                .contains("; Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular"
                        + " expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$; ")
                .contains("; Value null at 'globalFilters.patchFilters.2.member.key' failed to satisfy constraint:"
                        + " Member must not be null; ")
                .contains("; Value '[]' at 'globalFilters.patchFilters.2.member.values' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1; ")
                .contains("; Value '[]' at 'approvedPatches' failed to satisfy constraint: Member must satisfy"
                        + " constraint: [Member must have length less than or equal to 100, Member must have length"
                        + " greater than or equal to 1]; ")
                .endsWith("; Value at 'sources.1.member.configuration' failed to satisfy constraint: Member must have"
                        + " length greater than or equal to 1");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"text\"",
                "{",
                "{\"Name\":\"all\"} {}",
                "{\"Name\":\"all\",}",
                "nonsense",
                "{\"Name\":7}",
                "{\"Name\":true}",
                "{\"Name\":[\"all\"]}",
                "{\"Name\":{\"all\":1}}",
                "{\"Name\":\"all\",\"ApprovedPatchesEnableNonSecurity\":\"true\"}",
                "{\"Name\":\"all\",\"ApprovedPatchesEnableNonSecurity\":1}",
                "{\"Name\":\"all\",\"ApprovedPatches\":\"one\"}",
                "{\"Name\":\"all\",\"ApprovedPatches\":[1]}",
                "{\"Name\":\"all\",\"GlobalFilters\":[]}",
                "{\"Name\":\"all\",\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":\"7\"}]}}",
                "{\"Name\":\"all\",\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":7.5}]}}",
                "{\"Name\":\"all\",\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":1e99}]}}",
                "{\"Name\":\"all\",\"Description\":\"\\u0000\"}",
                "{\"Name\":\"all\",\"Description\":\"\\ud800\"}"
            })
    void whatIsNotJsonOrOfTheWrongTypeCannotBeRead(String body) throws Exception {
        HttpResponse<String> response = client.call("CreatePatchBaseline", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("__type").asText()).isEqualTo("SerializationException");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutParameter", "", "createPatchBaseline", "CreatePatchBaseline ", "AmazonSSM.GetOpsItem"})
    void operationsThatAreNotServedAreUnknown(String operation) throws Exception {
        HttpResponse<String> response = client.call(operation, "{}");

        if (operation.strip().equals("CreatePatchBaseline")) {
            assertThat(response.body())
                    .as("a header value has no spaces around it")
                    .contains("ValidationException");
        } else {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).path("__type").asText()).isEqualTo("UnknownOperationException");
        }
    }

    @Test
    void refusalsOfAnOperationKeepTheirCode() throws Exception {
        HttpResponse<String> response = client.call("DeletePatchBaseline", "{\"BaselineId\":\"pb-0123456789abcdef0\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"__type\":\"ResourceInUseException\",\"message\":\"in use\"}");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void aMistakeOfOursTellsNothingButWhereToLook() throws Exception {
        HttpResponse<String> response = client.call("DescribePatchBaselines", "{}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).path("__type").asText()).isEqualTo("InternalServerError");
        assertThat(response.body())
                .contains(response.headers().firstValue("x-amzn-RequestId").orElseThrow())
                .doesNotContain("secret detail", "IllegalState");
    }

    @Test
    void whileTheDatabaseIsAwayClientsAreAskedToTryAgain() throws Exception {
        HttpResponse<String> response = client.call("DescribePatchGroups", "{}");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).path("__type").asText()).isEqualTo("ServiceUnavailable");
        assertThat(response.body()).doesNotContain("postgresql");
    }

    @Test
    void aRecordMayRefuseWhatTheModelCannotSay() throws Exception {
        HttpResponse<String> response = client.call("GetPatchBaseline", "{\"BaselineId\":\"pb-0123456789abcdef0\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("__type").asText()).isEqualTo("DoesNotExistException");
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, GetMaintenanceWindow, 200",
        "VIEWER, CancelCommand, 400",
        "VIEWER, CreatePatchBaseline, 400",
        "OPERATOR, GetMaintenanceWindow, 200",
        "OPERATOR, CancelCommand, 200",
        "OPERATOR, CreatePatchBaseline, 400",
        "ADMINISTRATOR, CreatePatchBaseline, 200"
    })
    void aRoleDecidesWhatAKeyMayDo(Role role, String operation, int status) throws Exception {
        String body =
                "{\"Name\":\"all\",\"WindowId\":\"mw-0123456789abcdef0\",\"CommandId\":\"" + UUID.randomUUID() + "\"}";
        try (SignedClient other = new SignedClient(door.address(), door.issue("someone", role), clock)) {
            HttpResponse<String> response = other.call(operation, body);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            if (status == 400) {
                assertThat(json(response).path("__type").asText()).isEqualTo("AccessDeniedException");
                assertThat(received).isEmpty();
            }
        }
    }

    @Test
    @Survives({31, 33})
    void whoHasNoKeyIsRefusedAndTheAuditLogHasALine() throws Exception {
        HttpResponse<String> response = client.unsigned("CreatePatchBaseline", "{\"Name\":\"all\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("__type").asText()).isEqualTo("MissingAuthenticationTokenException");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(received).isEmpty();
        assertThat(door.audit().lines())
                .containsExactly("ssm 127.0.0.1 | ssm.refused | AmazonSSM.CreatePatchBaseline |"
                        + " MissingAuthenticationTokenException: Missing Authentication Token");
    }

    @Test
    @Survives(31)
    void whoIsRefusedVeryOftenMustWaitAndWhoHasAKeyNeedNot() throws Exception {
        for (int attempt = 1; attempt <= SignIn.MOST_REFUSALS; attempt++) {
            assertThat(client.unsigned("CancelCommand", "{}").body()).contains("MissingAuthenticationToken");
        }

        assertThat(json(client.unsigned("CancelCommand", "{}")).path("__type").asText())
                .isEqualTo("ThrottlingException");
        assertThat(door.audit().lines()).hasSize(SignIn.MOST_REFUSALS);
        assertThat(client.call("CreatePatchBaseline", "{\"Name\":\"all\"}").statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(client.unsigned("CancelCommand", "{}").body()).contains("MissingAuthenticationToken");
    }

    @Test
    void aRevokedKeyIsRefusedWithinSeconds() throws Exception {
        Issued issued = door.issue("leaver", Role.VIEWER);
        try (SignedClient leaver = new SignedClient(door.address(), issued, clock)) {
            String window = window("mw-0123456789abcdef0");
            assertThat(leaver.call("GetMaintenanceWindow", window).statusCode()).isEqualTo(200);

            door.revoke(issued);
            clock.advance(Duration.ofSeconds(4));

            assertThat(json(leaver.call("GetMaintenanceWindow", window))
                            .path("__type")
                            .asText())
                    .isEqualTo("UnrecognizedClientException");
        }
    }

    @Test
    @Survives(33)
    void aChangeThatWasRecordedCannotBeSentAgainLater() throws Exception {
        SignedClient.Signed recorded = client.sign("CreatePatchBaseline", "{\"Name\":\"all\"}");
        assertThat(client.send(recorded).statusCode()).isEqualTo(200);
        assertThat(client.send(recorded).statusCode())
                .as("an equal call of the same second has the same signature")
                .isEqualTo(200);

        clock.advance(Duration.ofSeconds(11));
        HttpResponse<String> replayed = client.send(recorded);

        assertThat(json(replayed).path("__type").asText()).isEqualTo("InvalidSignatureException");
        assertThat(received).hasSize(2);
        assertThat(door.audit().lines()).hasSize(1);
    }

    @Test
    void lookingAgainWithTheSameSignatureIsHarmless() throws Exception {
        SignedClient.Signed recorded = client.sign("GetMaintenanceWindow", window("mw-0123456789abcdef0"));
        assertThat(client.send(recorded).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));

        assertThat(client.send(recorded).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> response = client.call("CreatePatchBaseline", " ".repeat(SsmDoor.MOST_BYTES + 1));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("__type").asText()).isEqualTo("RequestEntityTooLargeException");
    }

    private static String window(String id) {
        return "{\"WindowId\":\"" + id + "\"}";
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
