package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.PatchSource;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Problem;
import io.patchway.server.OperatingSystem;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineFileTest {

    @Test
    void everyMemberOfTheShapeIsRead() throws BadDocumentException {
        PatchBaseline baseline = read("""
            {"Name":"web_1.x","OperatingSystem":"CENTOS","Description":"d",
             "GlobalFilters":{"PatchFilters":[{"Key":"PRODUCT","Values":["*"]}]},
             "ApprovalRules":{"PatchRules":[
               {"PatchFilterGroup":{"PatchFilters":[{"Key":"SEVERITY","Values":["Critical","Important"]}]},
                "ComplianceLevel":"HIGH","ApproveAfterDays":360,"EnableNonSecurity":true},
               {"PatchFilterGroup":{"PatchFilters":[]},"ApproveUntilDate":"2026-11-21"}]},
             "ApprovedPatches":["bash-5*"],"ApprovedPatchesComplianceLevel":"LOW",
             "ApprovedPatchesEnableNonSecurity":true,
             "RejectedPatches":["nss*"],"RejectedPatchesAction":"BLOCK",
             "Sources":[{"Name":"own","Products":["*"],"Configuration":"[own]\\nbaseurl=http://x"}],
             "AvailableSecurityUpdatesComplianceStatus":"COMPLIANT","ClientToken":"t",
             "Tags":[{"Key":"patchway:default","Value":"true"},{"Key":"a","Value":""}]}
            """);

        assertThat(baseline)
                .isEqualTo(new PatchBaseline(
                        "web_1.x",
                        "d",
                        OperatingSystem.CENTOS,
                        List.of(new PatchFilter(FilterKey.PRODUCT, List.of("*"))),
                        List.of(
                                new ApprovalRule(
                                        List.of(new PatchFilter(FilterKey.SEVERITY, List.of("Critical", "Important"))),
                                        ComplianceLevel.HIGH,
                                        new ApprovalDate.AfterDays(360),
                                        true),
                                new ApprovalRule(
                                        List.of(),
                                        ComplianceLevel.UNSPECIFIED,
                                        new ApprovalDate.UntilDay(LocalDate.of(2026, 11, 21)),
                                        false)),
                        List.of("bash-5*"),
                        ComplianceLevel.LOW,
                        true,
                        List.of("nss*"),
                        RejectedPatchesAction.BLOCK,
                        List.of(new PatchSource("own", List.of("*"), "[own]\nbaseurl=http://x")),
                        Optional.of(SecurityUpdatesStatus.COMPLIANT),
                        true));
    }

    @Test
    void whatIsLeftOutHasTheValueThatAwsGivesIt() throws BadDocumentException {
        PatchBaseline baseline = read("{\"Name\":\"abc\",\"Description\":null}");

        assertThat(baseline.operatingSystem()).isEqualTo(OperatingSystem.WINDOWS);
        assertThat(baseline.approvedPatchesComplianceLevel()).isEqualTo(ComplianceLevel.UNSPECIFIED);
        assertThat(baseline.rejectedPatchesAction()).isEqualTo(RejectedPatchesAction.ALLOW_AS_DEPENDENCY);
        assertThat(baseline.isDefault()).isFalse();
    }

    @Test
    void aDelayMayBeLeftOutOnlyWhereThereAreNoDates() throws BadDocumentException {
        String rules = "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]}}]}";

        assertThat(read("{\"Name\":\"abc\",\"OperatingSystem\":\"DEBIAN\"," + rules + "}")
                        .approvalRules())
                .extracting(ApprovalRule::date)
                .containsExactly(new ApprovalDate.AfterDays(0));
        assertThat(fields("\"OperatingSystem\":\"SUSE\"," + rules)).containsExactly("ApprovalRules.PatchRules[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"OperatingSystem\":\"centos\"|OperatingSystem",
                "\"Description\":\"\"|Description",
                "\"ApprovedPatches\":\"a\"|ApprovedPatches",
                "\"ApprovedPatches\":[\"\"]|ApprovedPatches[0]",
                "\"ApprovedPatchesComplianceLevel\":\"SEVERE\"|ApprovedPatchesComplianceLevel",
                "\"ApprovedPatchesEnableNonSecurity\":\"true\"|ApprovedPatchesEnableNonSecurity",
                "\"RejectedPatchesAction\":\"block\"|RejectedPatchesAction",
                "\"AvailableSecurityUpdatesComplianceStatus\":\"x\"|AvailableSecurityUpdatesComplianceStatus",
                "\"ClientToken\":\"\"|ClientToken",
                "\"GlobalFilters\":{}|GlobalFilters.PatchFilters",
                "\"GlobalFilters\":{\"PatchFilters\":[{\"Key\":\"product\",\"Values\":[\"a\"]}]}|GlobalFilters.PatchFilters[0].Key",
                "\"GlobalFilters\":{\"PatchFilters\":[{\"Values\":[\"a\"]}]}|GlobalFilters.PatchFilters[0].Key",
                "\"GlobalFilters\":{\"PatchFilters\":[{\"Key\":\"NAME\"}]}|GlobalFilters.PatchFilters[0].Values",
                "\"GlobalFilters\":{\"PatchFilters\":[{\"Key\":\"NAME\",\"Values\":[]}]}|GlobalFilters.PatchFilters[0].Values",
                "\"ApprovalRules\":{}|ApprovalRules.PatchRules",
                "\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":1}]}|ApprovalRules.PatchRules[0].PatchFilterGroup",
                "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]},\"ApproveAfterDays\":361}]}|ApprovalRules.PatchRules[0].ApproveAfterDays",
                "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]},\"ApproveAfterDays\":-1}]}|ApprovalRules.PatchRules[0].ApproveAfterDays",
                "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]},\"ApproveAfterDays\":1.5}]}|ApprovalRules.PatchRules[0].ApproveAfterDays",
                "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]},\"ApproveUntilDate\":\"2026-02-30\"}]}|ApprovalRules.PatchRules[0].ApproveUntilDate",
                "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]},\"ApproveAfterDays\":1,\"ApproveUntilDate\":\"2026-02-20\"}]}|ApprovalRules.PatchRules[0].ApproveUntilDate",
                "\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[]}}]}|ApprovalRules.PatchRules[0]",
                "\"Sources\":[{\"Name\":\"ab\",\"Products\":[\"*\"],\"Configuration\":\"c\"}]|Sources[0].Name",
                "\"Sources\":[{\"Name\":\"abc\",\"Products\":[],\"Configuration\":\"c\"}]|Sources[0].Products",
                "\"Sources\":[{\"Name\":\"abc\",\"Products\":[\"*\"]}]|Sources[0].Configuration",
                "\"OperatingSystem\":\"SUSE\",\"Sources\":[{\"Name\":\"abc\",\"Products\":[\"*\"],\"Configuration\":\"deb"
                    + " http://x stable main\"}]|Sources[0].Configuration",
                "\"OperatingSystem\":\"DEBIAN\",\"Sources\":[{\"Name\":\"abc\",\"Products\":[\"*\"],\"Configuration\":\"[a]\\n"
                    + "baseurl=x\"}]|Sources[0].Configuration",
                "\"Tags\":[{\"Key\":\"a;b\",\"Value\":\"\"}]|Tags[0].Key",
                "\"Tags\":[{\"Key\":\"a\"}]|Tags[0].Value",
                "\"name\":\"abc\"|name"
            })
    void everyConstraintOfTheModelIsKept(String member, String field) {
        assertThat(fields(member)).containsExactly(field);
    }

    @Test
    void everyListHasItsLimit() {
        assertThat(fields("\"ApprovedPatches\":[" + repeated("\"a\"", 51) + "]"))
                .containsExactly("ApprovedPatches");
        assertThat(fields("\"RejectedPatches\":[" + repeated("\"a\"", 51) + "]"))
                .containsExactly("RejectedPatches");
        assertThat(fields("\"ApprovedPatches\":[\"" + "a".repeat(101) + "\"]")).containsExactly("ApprovedPatches[0]");
        assertThat(fields("\"Description\":\"" + "a".repeat(1025) + "\"")).containsExactly("Description");
        String filter = "{\"Key\":\"NAME\",\"Values\":[\"a\"]}";
        assertThat(fields("\"GlobalFilters\":{\"PatchFilters\":[" + repeated(filter, 5) + "]}"))
                .containsExactly("GlobalFilters.PatchFilters");
        assertThat(fields("\"GlobalFilters\":{\"PatchFilters\":[{\"Key\":\"NAME\",\"Values\":[" + repeated("\"a\"", 21)
                        + "]}]}"))
                .containsExactly("GlobalFilters.PatchFilters[0].Values");
        String rule = "{\"PatchFilterGroup\":{\"PatchFilters\":[]},\"ApproveAfterDays\":1}";
        assertThat(fields("\"ApprovalRules\":{\"PatchRules\":[" + repeated(rule, 11) + "]}"))
                .containsExactly("ApprovalRules.PatchRules");
        String source = "{\"Name\":\"abc\",\"Products\":[\"*\"],\"Configuration\":\"c\"}";
        assertThat(fields("\"Sources\":[" + repeated(source, 21) + "]")).containsExactly("Sources");
    }

    @ParameterizedTest
    @CsvSource({"ab", "a b", "a;b", "$(id)", "../../x"})
    void aNameOutsideThePatternIsRefused(String name) {
        BadDocumentException refused =
                catchThrowableOfType(BadDocumentException.class, () -> read("{\"Name\":\"" + name + "\"}"));

        assertThat(refused.problems()).extracting(Problem::field).containsExactly("Name");
    }

    private static String repeated(String text, int times) {
        return IntStream.range(0, times).mapToObj(i -> text).collect(Collectors.joining(","));
    }

    private static List<String> fields(String member) {
        return catchThrowableOfType(BadDocumentException.class, () -> read("{\"Name\":\"abc\"," + member + "}"))
                .problems()
                .stream()
                .map(Problem::field)
                .toList();
    }

    private static PatchBaseline read(String json) throws BadDocumentException {
        return BaselineFile.read(
                "test.json", DocumentReader.json().read("test.json", json.getBytes(StandardCharsets.UTF_8)));
    }
}
