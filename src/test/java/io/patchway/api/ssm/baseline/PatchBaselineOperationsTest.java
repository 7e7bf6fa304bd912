package io.patchway.api.ssm.baseline;

import static io.patchway.api.ssm.baseline.BaselineStore.ALICE;
import static io.patchway.api.ssm.baseline.BaselineStore.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.SsmJson;
import io.patchway.api.ssm.baseline.PatchBaselineOperations.DescribePatchBaselines;
import io.patchway.api.ssm.baseline.PatchBaselineOperations.OneBaseline;
import io.patchway.api.ssm.baseline.PatchBaselineOperations.OneSystem;
import io.patchway.baseline.BaselineId;
import io.patchway.server.OperatingSystem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchBaselineOperationsTest {
    private static final String SAMPLE_ID = "pb-0c10e65780EXAMPLE";
    private static final String UNKNOWN = "pb-0000000000000dead";

    private final BaselineStore store = new BaselineStore();
    private final PatchBaselineOperations operations = store.operations();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theSampleOfTheDocumentationIsAnsweredFieldByField() throws JsonProcessingException {
        CreatePatchBaseline creation = read("""
            {"Name": "my-Windows-Server-patch-baseline",
             "Description": "Baseline containing all updates approved for production systems"}
            """, CreatePatchBaseline.class);
        store.clock.set(Instant.parse("2018-03-09T02:23:57.968Z"));
        store.catalogue.create(
                new BaselineId(SAMPLE_ID),
                creation.over(BaselineMembers.initial("", OperatingSystem.WINDOWS)),
                Map.of(),
                "alice");
        store.clock.set(Instant.parse("2018-03-09T02:23:59.765Z"));

        BaselineDocument answer = operations.update(ALICE, read("""
            {"ApprovalRules": {"PatchRules": [{"PatchFilterGroup": {"PatchFilters": [
               {"Values": ["Critical", "Important"], "Key": "MSRC_SEVERITY"},
               {"Values": ["SecurityUpdates", "Updates", "UpdateRollups", "CriticalUpdates"],
                "Key": "CLASSIFICATION"}]}, "ApproveAfterDays": 3}]},
             "BaselineId": "pb-0c10e65780EXAMPLE"}
            """, UpdatePatchBaseline.class));

        assertThat(tree(answer)).isEqualTo(SsmJson.mapper().readTree("""
            {"ApprovalRules": {"PatchRules": [{"ApproveAfterDays": 3, "ComplianceLevel": "UNSPECIFIED",
               "EnableNonSecurity": false, "PatchFilterGroup": {"PatchFilters": [
                 {"Key": "MSRC_SEVERITY", "Values": ["Critical", "Important"]},
                 {"Key": "CLASSIFICATION",
                  "Values": ["SecurityUpdates", "Updates", "UpdateRollups", "CriticalUpdates"]}]}}]},
             "ApprovedPatches": [], "ApprovedPatchesComplianceLevel": "UNSPECIFIED",
             "ApprovedPatchesEnableNonSecurity": false, "BaselineId": "pb-0c10e65780EXAMPLE",
             "Description": "Baseline containing all updates approved for production systems",
             "GlobalFilters": {"PatchFilters": []}, "CreatedDate": 1520562237.968,
             "ModifiedDate": 1520562239.765, "Name": "my-Windows-Server-patch-baseline",
             "OperatingSystem": "WINDOWS", "RejectedPatches": [],
             "RejectedPatchesAction": "ALLOW_AS_DEPENDENCY", "Sources": []}
            """));
        ObjectNode got = (ObjectNode) tree(operations.get(new OneBaseline(SAMPLE_ID)));
        assertThat(got.remove("PatchGroups")).isEmpty();
        assertThat(got).isEqualTo(tree(answer));
    }

    @Test
    void anAbsentMemberStaysAndAnEmptyListClears() {
        String id = createFull();

        BaselineDocument plain = update(id, "\"Description\": null");
        assertThat(plain.approvedPatches()).containsExactly("KB1");
        assertThat(plain.description()).contains("all of it");

        BaselineDocument cleared = update(id, "\"ApprovedPatches\": [], \"ApprovalRules\": {\"PatchRules\": []}");
        assertThat(cleared.approvedPatches()).isEmpty();
        assertThat(cleared.approvalRules().rules()).isEmpty();
        assertThat(cleared.rejectedPatches()).containsExactly("KB2");
    }

    @Test
    void replacingPutsEverythingElseBackToItsInitialValue() {
        String id = createFull();
        store.catalogue.registerGroup(new BaselineId(id), "production", "alice");
        BaselineDocument before = operations.get(new OneBaseline(id));

        BaselineDocument replaced = update(id, "\"Name\": \"renamed\", \"Replace\": true");

        assertThat(replaced.description()).isEmpty();
        assertThat(replaced.approvedPatches()).isEmpty();
        assertThat(replaced.availableSecurityUpdates()).isEmpty();
        assertThat(replaced.createdDate()).isEqualTo(before.createdDate());
        assertThat(replaced.operatingSystem()).isEqualTo(OperatingSystem.WINDOWS);
        assertThat(operations.get(new OneBaseline(id)).patchGroups())
                .hasValueSatisfying(groups -> assertThat(groups).containsExactly("production"));
        refused("ValidationException", "'name'", () -> update(id, "\"Replace\": true"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "WINDOWS|{'PatchFilters':[{'Key':'SEVERITY','Values':['Critical']}]}|GlobalFilters.PatchFilters[0].Key"
                        + " must be one of",
                "DEBIAN|{'PatchFilters':[{'Key':'CLASSIFICATION','Values':['Security']}]}|GlobalFilters.PatchFilters[0].Key",
                "SUSE|{'PatchFilters':[{'Key':'MSRC_SEVERITY','Values':['Critical']}]}|GlobalFilters.PatchFilters[0].Key",
                "DEBIAN|{'PatchFilters':[{'Key':'PRIORITY','Values':['required','Urgent']}]}|PatchFilters[0].Values[1]"
                        + " must be one of Required"
            })
    void aFilterThatCannotMatchIsRefused(String system, String filters, String message) {
        refused(
                "ValidationException",
                message,
                () -> store.create("{\"Name\":\"web\",\"OperatingSystem\":\"" + system + "\",\"GlobalFilters\":"
                        + filters.replace('\'', '"') + "}"));
        assertThat(operations.describe(read("{}", DescribePatchBaselines.class)).identities())
                .noneMatch(identity -> identity.baselineName().equals("web"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ApproveAfterDays':1,'ApproveUntilDate':'2026-01-01'|PatchRules[0].ApproveUntilDate excludes"
                        + " ApproveAfterDays",
                "'EnableNonSecurity':true|PatchRules[0] needs ApproveAfterDays",
                "'ApproveUntilDate':'2026-02-30'|PatchRules[0].ApproveUntilDate must be a day"
            })
    void aRuleHasOneDateThatExists(String members, String message) {
        refused(
                "ValidationException",
                message,
                () -> store.create(("{'Name':'web','ApprovalRules':{'PatchRules':[{'PatchFilterGroup':"
                                + "{'PatchFilters':[]}," + members + "}]}}")
                        .replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Sources':[{'Name':'own','Products':['*'],'Configuration':'x'}]|Sources are for Linux only",
                "'ApprovedPatches':['KB1','KB*']|ApprovedPatches[1] must be a whole name",
                "'RejectedPatches':['KB1 KB2']|RejectedPatches[0] must be one name",
                "'Tags':[{'Key':'a','Value':'1'},{'Key':'a','Value':'2'}]|Tags names the key 'a' twice"
            })
    void whatDoesNotFitTheSystemIsRefused(String members, String message) {
        refused(
                "ValidationException",
                message,
                () -> store.create(("{'Name':'web'," + members + "}").replace('\'', '"')));
    }

    @Test
    void aChangeThatDoesNotFitChangesNothing() {
        String id = createFull();
        BaselineDocument before = operations.get(new OneBaseline(id));

        refused("ValidationException", "Sources are for Linux only", () -> update(id, """
            "Name": "renamed", "Sources": [{"Name": "own", "Products": ["*"], "Configuration": "x"}]
            """));

        assertThat(operations.get(new OneBaseline(id))).isEqualTo(before);
    }

    @Test
    void whatDoesNotExistIsSaidSo() {
        refused("DoesNotExistException", "does not exist", () -> operations.get(new OneBaseline(UNKNOWN)));
        refused("DoesNotExistException", "does not exist", () -> update(UNKNOWN, "\"Name\": \"web\""));
        refused("DoesNotExistException", "does not exist", () -> update("pb-with-another-form", "\"Name\": \"web\""));
        refused(
                "DoesNotExistException",
                "does not exist",
                () -> operations.registerDefault(ALICE, new OneBaseline(UNKNOWN)));
        assertThat(operations.delete(ALICE, new OneBaseline(UNKNOWN)).baselineId())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void baselinesOfFilesAndPredefinedOnesAreShownButNotChanged() {
        assertThat(operations
                        .get(new OneBaseline(BaselineStore.OF_FILE.value()))
                        .name())
                .isEqualTo("of-file");
        refused(
                "ValidationException",
                "config/baselines/own.json",
                () -> update(BaselineStore.OF_FILE.value(), "\"Name\": \"web\""));
        refused(
                "ValidationException",
                "is predefined",
                () -> operations.delete(ALICE, new OneBaseline(arn(OperatingSystem.DEBIAN))));
    }

    @Test
    void predefinedBaselinesAreToldByArnAndTakenByEitherForm() {
        String arn = arn(OperatingSystem.SUSE);
        assertThat(arn).matches("arn:aws:ssm:us-east-2:123456789012:patchbaseline/pb-[0-9a-f]{17}");
        String bare = arn.substring(arn.indexOf('/') + 1);

        assertThat(operations.get(new OneBaseline(arn))).isEqualTo(operations.get(new OneBaseline(bare)));
        assertThat(operations.get(new OneBaseline(bare)).baselineId()).isEqualTo(arn);
    }

    @Test
    void listsAreFilteredAndCutIntoPages() {
        store.create("{\"Name\":\"web-1\",\"OperatingSystem\":\"SUSE\"}");
        store.create("{\"Name\":\"web-2\",\"OperatingSystem\":\"DEBIAN\"}");

        assertThat(names("{\"Key\":\"OWNER\",\"Values\":[\"Self\"]}")).containsExactly("of-file", "web-1", "web-2");
        assertThat(names("{\"Key\":\"OWNER\",\"Values\":[\"AWS\"]}")).hasSize(OperatingSystem.values().length);
        assertThat(names("""
            {"Key":"NAME_PREFIX","Values":["web","of-"]},{"Key":"OPERATING_SYSTEM","Values":["DEBIAN","UBUNTU"]}
            """)).containsExactly("of-file", "web-2");
        refused("ValidationException", "'COLOUR'", () -> names("{\"Key\":\"COLOUR\",\"Values\":[\"red\"]}"));

        var first = operations.describe(read("{\"MaxResults\":1}", DescribePatchBaselines.class));
        var second = operations.describe(read(
                "{\"MaxResults\":100,\"NextToken\":\"" + first.nextToken().orElseThrow() + "\"}",
                DescribePatchBaselines.class));
        assertThat(first.identities()).hasSize(1).doesNotContainAnyElementsOf(second.identities());
        assertThat(second.identities()).hasSize(OperatingSystem.values().length + 2);
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void theDefaultIsThePredefinedOneUntilAnotherIsRegistered() {
        assertThat(operations.getDefault(read("{}", OneSystem.class)).baselineId())
                .isEqualTo(arn(OperatingSystem.WINDOWS));
        String own = store.create("{\"Name\":\"web\"}");

        operations.registerDefault(ALICE, new OneBaseline(own));

        assertThat(operations.getDefault(read("{}", OneSystem.class)).baselineId())
                .isEqualTo(own);
        assertThat(operations.describe(read("{}", DescribePatchBaselines.class)).identities())
                .filteredOn(identity -> identity.operatingSystem() == OperatingSystem.WINDOWS)
                .filteredOn(BaselineIdentity::defaultBaseline)
                .extracting(BaselineIdentity::baselineId)
                .containsExactly(own);
        refused(
                "ResourceInUseException",
                "is the default for WINDOWS",
                () -> operations.delete(ALICE, new OneBaseline(own)));
    }

    @Test
    void thereAreNoMoreBaselinesThanAllowed() {
        for (int i = 0; i < 20; i++) {
            store.create("{\"Name\":\"web\"}");
        }

        refused("ResourceLimitExceededException", "no more than 20", () -> store.create("{\"Name\":\"web\"}"));
    }

    private String createFull() {
        return store.create("""
            {"Name": "full", "Description": "all of it", "ApprovedPatches": ["KB1"], "RejectedPatches": ["KB2"],
             "AvailableSecurityUpdatesComplianceStatus": "NON_COMPLIANT",
             "ApprovalRules": {"PatchRules": [{"PatchFilterGroup": {"PatchFilters": []}, "ApproveAfterDays": 7}]}}
            """);
    }

    private BaselineDocument update(String id, String members) {
        return operations.update(
                ALICE, read("{\"BaselineId\": \"" + id + "\", " + members + "}", UpdatePatchBaseline.class));
    }

    private List<String> names(String filters) {
        return operations
                .describe(read("{\"Filters\":[" + filters + "]}", DescribePatchBaselines.class))
                .identities()
                .stream()
                .map(BaselineIdentity::baselineName)
                .toList();
    }

    private String arn(OperatingSystem system) {
        return BaselineStore.NAMES.of(store.baselines.defaultFor(system));
    }

    private static JsonNode tree(Object document) throws JsonProcessingException {
        return SsmJson.mapper().readTree(SsmJson.mapper().writeValueAsString(document));
    }

    private static void refused(String code, String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SsmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
