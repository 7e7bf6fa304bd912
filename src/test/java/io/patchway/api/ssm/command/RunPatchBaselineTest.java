package io.patchway.api.ssm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.patchway.api.ssm.SsmException;
import io.patchway.rollout.Share;
import io.patchway.run.Hook;
import io.patchway.run.HookOccasion;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestForm;
import io.patchway.run.SpecialOrders;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunPatchBaselineTest {
    private static final String PLAIN = "AWS-RunPatchBaseline";
    private static final String WITH_HOOKS = "AWS-RunPatchBaselineWithHooks";

    @Test
    void anInstallRebootsWhenNeededUnlessItSaysOtherwise() {
        RunPatchBaseline run = run(PLAIN, Map.of("Operation", "Install"));

        assertThat(run.operation()).isEqualTo(Operation.INSTALL);
        assertThat(run.rebootOption()).isEqualTo(RebootOption.IF_NEEDED);
        assertThat(run.snapshot()).isEmpty();
        assertThat(run(PLAIN, Map.of("Operation", "Install", "RebootOption", "NoReboot"))
                        .rebootOption())
                .isEqualTo(RebootOption.NEVER);
    }

    @Test
    void emptyTextsCountAsLeftOut() {
        RunPatchBaseline run = run(
                PLAIN,
                Map.of(
                        "Operation", "Scan",
                        "SnapshotId", "",
                        "InstallOverrideList", "",
                        "BaselineOverride", "",
                        "AssociationId", ""));

        assertThat(run.operation()).isEqualTo(Operation.SCAN);
        assertThat(run.snapshot()).isEmpty();
        assertThat(run.installOverrideList()).isEmpty();
        assertThat(run.baselineOverride()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS-RunPatchBaseline",
                "arn:aws:ssm:eu-central-1::document/AWS-RunPatchBaseline",
                "arn:aws:ssm:us-east-1:123456789012:document/AWS-RunPatchBaseline"
            })
    void aDocumentIsKnownByItsNameAndItsArn(String name) {
        assertThat(run(name, Map.of("Operation", "Scan")).document()).isEqualTo(PatchDocument.RUN_PATCH_BASELINE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Operation           | Remove     | one of Scan, Install
        Operation           | scan       | one of Scan, Install
        Operation           | ''         | one of Scan, Install
        RebootOption        | Sometimes  | one of RebootIfNeeded, NoReboot
        SnapshotId          | 1234       | a UUID
        InstallOverrideList | file:///x  | an https address
        BaselineOverride    | no address | an https address
        AssociationId       | x          | a UUID
        """)
    void aWrongValueIsRefusedWithWhatIsAllowed(String parameter, String value, String allowed) {
        Map<String, String> parameters = new TreeMap<>(Map.of("Operation", "Install"));
        parameters.put(parameter, value);

        assertThatThrownBy(() -> run(PLAIN, parameters))
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo("InvalidParameters"))
                .hasMessage("Parameter " + parameter + " has the value '" + value + "'; it must be " + allowed);
    }

    @Test
    void theOperationMustBeGivenOnce() {
        assertThatThrownBy(() -> run(PLAIN, Map.of())).hasMessageContaining("Operation is missing");
        assertThatThrownBy(() ->
                        RunPatchBaseline.of(PLAIN, Optional.empty(), Map.of("Operation", List.of("Scan", "Install"))))
                .hasMessageContaining("Operation has 2 values");
    }

    @Test
    void aParameterThatTheDocumentDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> run(PLAIN, Map.of("Operation", "Scan", "PreInstallHookDocName", "AWS-Noop")))
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo("InvalidParameters"))
                .hasMessageContaining("PreInstallHookDocName is not defined in document AWS-RunPatchBaseline");
    }

    @Test
    void hooksAreNamedByTheirOccasionAndNoopIsNone() {
        Map<String, String> parameters = new TreeMap<>(Map.of("Operation", "Install"));
        parameters.put("OnExitHookDocName", "AWS-Noop");
        assertThat(run(WITH_HOOKS, parameters).hooks()).isEmpty();

        parameters.put("PreInstallHookDocName", "drain");
        parameters.put("PostInstallHookDocName", "warm-up");
        parameters.put("OnExitHookDocName", "rejoin");

        assertThat(run(WITH_HOOKS, parameters).hooks())
                .containsOnly(
                        entry(HookOccasion.PRE_INSTALL, "drain"),
                        entry(HookOccasion.POST_INSTALL, "warm-up"),
                        entry(HookOccasion.ON_EXIT, "rejoin"));
    }

    @Test
    void aHookThatDoesNotExistIsRefusedAndTheFolderOfHooksIsNamed() {
        CommandForms forms = new CommandForms(() -> List.of(new Hook("drain", "exit 0")));
        Map<String, List<String>> parameters =
                new TreeMap<>(Map.of("Operation", List.of("Install"), "PreInstallHookDocName", List.of("drain")));
        assertThat(form(forms, parameters).special().hooks()).containsOnly(entry(HookOccasion.PRE_INSTALL, "drain"));

        parameters.put("PreInstallHookDocName", List.of("Drain"));

        assertThatThrownBy(() -> form(forms, parameters))
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo("InvalidDocument"))
                .hasMessageContainingAll("PreInstallHookDocName", "Drain", "config/hooks/NAME.sh");
    }

    private static RequestForm form(CommandForms forms, Map<String, List<String>> parameters) {
        SendCommand command = SendCommand.plain(WITH_HOOKS, List.of(), parameters);
        RunPatchBaseline run = RunPatchBaseline.of(WITH_HOOKS, Optional.empty(), parameters);
        return forms.of(run, List.of(), command.rate(), command.memo(run.document()));
    }

    @Test
    void theTwoOverridesExcludeEachOther() {
        assertThatThrownBy(() -> run(
                        PLAIN,
                        Map.of(
                                "Operation", "Install",
                                "InstallOverrideList", "https://files.example.org/list.yaml",
                                "BaselineOverride", "https://files.example.org/baselines.json")))
                .hasMessageContaining("exclude each other");
    }

    @Test
    void otherDocumentsAndVersionsAreRefused() {
        assertThatThrownBy(() -> run("AWS-RunShellScript", Map.of()))
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo("InvalidDocument"));
        assertThatThrownBy(() -> RunPatchBaseline.of(PLAIN, Optional.of("7"), Map.of("Operation", List.of("Scan"))))
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo("InvalidDocumentVersion"));
    }

    @Test
    void aCommandIsAPatchRequestThatStopsAtItsErrors() {
        UUID snapshot = UUID.fromString("521c3536-930c-4aa9-950e-01234567abcd");
        RequestForm form = run(PLAIN, Map.of("Operation", "Install", "SnapshotId", snapshot.toString()))
                .form(
                        List.of(new ServerId("web-01"), new ServerId("web-02")),
                        RateControl.of(Optional.of("10%"), Optional.empty()),
                        new SpecialOrders(Optional.empty(), Optional.of("{}")));

        assertThat(form.servers()).containsExactly("web-01", "web-02");
        assertThat(form.snapshot()).contains(snapshot);
        assertThat(form.special().memo()).contains("{}");
        assertThat(form.rollout()).hasValueSatisfying(rollout -> {
            assertThat(rollout.maxConcurrency()).contains(Share.of("10%"));
            assertThat(rollout.errorBudget()).contains(Share.of(0));
            assertThat(rollout.stopAtFailure()).isTrue();
        });
    }

    @Test
    void aNumberOfSevenDigitsMeansAllServers() {
        assertThat(RateControl.of(Optional.of("9999999"), Optional.empty())
                        .rollout()
                        .concurrency(400))
                .isEqualTo(400);
    }

    private static RunPatchBaseline run(String document, Map<String, String> parameters) {
        Map<String, List<String>> lists = new TreeMap<>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return RunPatchBaseline.of(document, Optional.empty(), lists);
    }
}
