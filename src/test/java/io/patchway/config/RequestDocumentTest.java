package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Problem;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDocumentTest {

    @Test
    void anExecutePackageCallIsAnInstall() throws BadDocumentException {
        RequestForm form = read("""
            {"servers":["WA1ALIASSERV0101"],
             "package":{"packageId":"c3c6642e-24e1-4c37-b56a-1cf1476ee360",
                        "parameters":{"patch.debug.mode":"false"}}}
            """);

        assertThat(form)
                .isEqualTo(new RequestForm(
                        Operation.INSTALL,
                        RebootOption.IF_NEEDED,
                        5,
                        List.of("WA1ALIASSERV0101"),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("c3c6642e-24e1-4c37-b56a-1cf1476ee360"),
                        Map.of("patch.debug.mode", "false"),
                        List.of(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Servers\":[\"a\"],\"Package\":{\"PackageId\":\"x\",\"Parameters\":null}}",
                "{\"servers\":[\"a\"],\"package\":{\"packageId\":\"x\",\"parameters\":{}}}",
                "{\"servers\":[\"a\"],\"package\":{\"packageid\":\"x\"}}"
            })
    void theParametersOfAPackageMayBeEmptyNullOrAbsentAndCaseDoesNotCount(String json) throws BadDocumentException {
        assertThat(read(json).scriptPackage()).contains("x");
        assertThat(read(json).parameters()).isEmpty();
    }

    @Test
    void maintenanceModeIsEnteredOnlyWhenTheRequestSaysSo() throws BadDocumentException {
        String rest = "\"servers\":[\"a\"],\"operation\":\"install\"}";
        assertThat(read("{" + rest).special().maintenance()).isFalse();
        assertThat(read("{\"maintenance\":false," + rest).special().maintenance())
                .isFalse();
        assertThat(read("{\"Maintenance\":true," + rest).special().maintenance())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"maintenance\":true} | no meaning for a scan",
                "{\"servers\":[\"a\"],\"operation\":\"install\",\"maintenance\":\"true\"} | must be true or false",
                "{\"servers\":[\"a\"],\"maintenance\":false,\"package\":{\"packageId\":\"x\",\"parameters\":"
                        + "{\"patch.maintenance.mode\":\"true\"}}} | is said by the package's parameter"
            })
    void aMeaninglessOrContradictoryMaintenanceModeIsRefused(String json, String message) {
        BadDocumentException refusal = catchThrowableOfType(BadDocumentException.class, () -> read(json));

        assertThat(refusal.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("maintenance");
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void patchwaysOwnShapeSaysEverything() throws BadDocumentException {
        RequestForm form = read("""
            {"servers":["a"],"groups":["web"],"tags":{"k":"v"},"operation":"scan","baseline":"production-linux",
             "rebootOption":"Never","maxRounds":3,"notify":["a@example.com"],"reference":"change 4711"}
            """);

        assertThat(form)
                .isEqualTo(new RequestForm(
                        Operation.SCAN,
                        RebootOption.NEVER,
                        3,
                        List.of("a"),
                        List.of("web"),
                        Map.of("k", "v"),
                        Optional.of("production-linux"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of("a@example.com"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"operation\":\"scan\"}|servers",
                "{\"servers\":[\"a\"]}|operation",
                "{\"servers\":\"a\",\"operation\":\"scan\"}|servers",
                "{\"servers\":[1],\"operation\":\"scan\"}|servers[0]",
                "{\"servers\":[\"a\\nb\"],\"operation\":\"scan\"}|servers[0]",
                "{\"servers\":[\"a\"],\"operation\":\"reboot\"}|operation",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"groups\":[\"$(id)\"]}|groups[0]",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"groups\":[\"-x\"]}|groups[0]",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"baseline\":\"../etc\"}|baseline",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"maxRounds\":0}|maxRounds",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"rebootOption\":\"Maybe\"}|rebootOption",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"notify\":[\"a@b.c\\r\\nBcc: x@y.z\"]}|notify[0]",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"notify\":[\"A <a@b.c>\"]}|notify[0]",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"notify\":[\"a@b.c, d@e.f\"]}|notify[0]",
                "{\"servers\":[\"a\"],\"operation\":\"scan\",\"sudo\":true}|sudo",
                "{\"servers\":[\"a\"],\"package\":{}}|package.packageId",
                "{\"servers\":[\"a\"],\"package\":{\"packageId\":\"x\",\"name\":\"y\"}}|package.packageId",
                "{\"servers\":[\"a\"],\"package\":{\"packageId\":\"x\"},\"baseline\":\"abc\"}|baseline"
            })
    void whatIsWrongIsNamedByItsField(String json, String field) {
        assertThat(problems(json)).extracting(Problem::field).containsExactly(field);
    }

    @Test
    void aRefusalByTheDeskPointsToTheLineOfItsField() throws BadDocumentException {
        RequestDocument document = RequestDocument.read(
                "x.json",
                "{\"servers\":[\"a\"],\n\"Package\":{\"packageId\":\"p\",\n\"Parameters\":{\n\"a.b\":\"c\"}}}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(document.problem(new RefusedRequestException("package", "no")))
                .isEqualTo(new Problem("x.json", 2, "package", "no"));
        assertThat(document.problem(new RefusedRequestException("package.parameters.a.b", "no"))
                        .line())
                .isEqualTo(4);
    }

    private static RequestForm read(String json) throws BadDocumentException {
        return RequestDocument.read("x.json", json.getBytes(StandardCharsets.UTF_8))
                .form();
    }

    private static List<Problem> problems(String json) {
        return catchThrowableOfType(BadDocumentException.class, () -> read(json))
                .problems();
    }
}
