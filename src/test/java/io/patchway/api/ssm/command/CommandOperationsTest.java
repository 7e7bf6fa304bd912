package io.patchway.api.ssm.command;

import static io.patchway.api.ssm.PatchedFleet.DB_01;
import static io.patchway.api.ssm.PatchedFleet.NOBODY;
import static io.patchway.api.ssm.PatchedFleet.NOON;
import static io.patchway.api.ssm.PatchedFleet.OPERATOR;
import static io.patchway.api.ssm.PatchedFleet.WEB_01;
import static io.patchway.api.ssm.PatchedFleet.WEB_02;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.api.ssm.PatchedFleet;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.SsmJson;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.api.ssm.command.CommandOperations.CancelCommand;
import io.patchway.api.ssm.command.CommandOperations.Commands;
import io.patchway.api.ssm.command.CommandOperations.ListCommands;
import io.patchway.api.ssm.command.InvocationOperations.GetCommandInvocation;
import io.patchway.api.ssm.command.InvocationOperations.Invocation;
import io.patchway.api.ssm.command.InvocationOperations.ListCommandInvocations;
import io.patchway.patch.PackageKey;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOperationsTest {
    private static final String DOCUMENT = "AWS-RunPatchBaseline";
    private static final Map<String, List<String>> INSTALL = Map.of("Operation", List.of("Install"));
    private static final Map<String, List<String>> SCAN = Map.of("Operation", List.of("Scan"));

    private final PatchedFleet fleet = new PatchedFleet();
    private final CommandOperations commands = new CommandOperations(
            new CommandDesk(
                    fleet.nodes,
                    fleet.desk,
                    new CommandForms(new OverrideDownload(List.of("http://127.0.0.1:1/")), List::of)),
            fleet.nodes,
            fleet.commands,
            fleet.rollouts,
            fleet.clock);
    private final InvocationOperations invocations = new InvocationOperations(fleet.nodes, fleet.commands);

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void aCommandIsAnsweredWithWhatItWasAsked() {
        CommandSummary sent = send(INSTALL, WEB_01, WEB_02);

        assertThat(sent.documentName()).isEqualTo(DOCUMENT);
        assertThat(sent.parameters()).isEqualTo(INSTALL);
        assertThat(sent.instanceIds()).containsExactly(WEB_01, WEB_02);
        assertThat(sent.status()).isEqualTo("Pending");
        assertThat(sent.requestedAt()).isEqualTo(NOON);
        assertThat(sent.expiresAfter()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(sent.targetCount()).isEqualTo(2);
        assertThat(sent.maxConcurrency()).isEqualTo("50");
        assertThat(sent.maxErrors()).isEqualTo("0");
        assertThat(fleet.history.requests(Optional.empty(), 10).entries())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.id().toString()).isEqualTo(sent.commandId());
                    assertThat(request.requester()).isEqualTo("otto");
                });
    }

    @Test
    void targetsAreResolvedWhenTheCommandIsSent() {
        CommandSummary sent = commands.send(
                        OPERATOR, targets(INSTALL, new TargetDocument("resource-groups:Name", List.of("web"))))
                .command();

        assertThat(sent.instanceIds()).isEmpty();
        assertThat(sent.targets()).hasSize(1);
        assertThat(list(sent.commandId(), false))
                .extracting(CommandInvocation::instanceId)
                .containsExactly(WEB_01, WEB_02);
    }

    @Test
    void whatCannotBeSentIsRefusedAndNothingIsStored() {
        assertRefused("InvalidInstanceId", () -> send(SCAN, NOBODY));
        assertRefused("DuplicateInstanceId", () -> send(SCAN, WEB_01, WEB_01));
        assertRefused("InvalidInstanceId", () -> send(INSTALL, DB_01));
        assertRefused("ValidationException", () -> send(SCAN));
        assertRefused("InvalidParameters", () -> send(Map.of("Operation", List.of("Explode")), WEB_01));
        assertRefused(
                "InvalidDocument",
                () -> commands.send(OPERATOR, SendCommand.plain("AWS-RunShellScript", List.of(WEB_01), Map.of())));
        assertRefused(
                "InvalidInstanceId",
                () -> commands.send(OPERATOR, targets(SCAN, new TargetDocument("tag:environment", List.of("moon")))));

        assertThat(fleet.history.requests(Optional.empty(), 10).entries()).isEmpty();
    }

    @Test
    void anInvocationTellsWhatTheRunDid() {
        CommandSummary sent = send(INSTALL, WEB_01);
        fleet.clock.advance(Duration.ofSeconds(5));
        fleet.end(
                "web-01",
                RunState.PARTIAL,
                List.of(change("curl", Outcome.INSTALLED, ""), change("bash", Outcome.FAILED, "a file conflict")),
                Optional.empty());

        Invocation told =
                invocations.invocation(new GetCommandInvocation(sent.commandId(), WEB_01, Optional.of("PatchLinux")));

        assertThat(told.status()).isEqualTo("Failed");
        assertThat(told.responseCode()).isOne();
        assertThat(told.startedAt()).isEqualTo("2026-11-21T12:00:05Z");
        assertThat(told.elapsed()).isEqualTo("PT0S");
        assertThat(told.output())
                .contains("web-01: PARTIAL")
                .contains("Installed (1)\n  curl.x86_64 1-1 -> 2-1 [ADV-1]")
                .contains("Failed (1)\n  bash.x86_64 1-1 -> 2-1 [ADV-1]: a file conflict");
        assertThat(told.error()).contains("bash.x86_64").doesNotContain("curl");
        assertThat(list(sent.commandId(), true))
                .singleElement()
                .satisfies(invocation -> assertThat(invocation.plugins())
                        .singleElement()
                        .satisfies(plugin -> assertThat(plugin.output()).contains("web-01: PARTIAL")));
    }

    @Test
    void anInvocationThatIsNotThereIsSaidToBeMissing() {
        String id = send(SCAN, WEB_01).commandId();

        assertRefused("InvocationDoesNotExist", () -> invocation(id, WEB_02, Optional.empty()));
        assertRefused("InvalidInstanceId", () -> invocation(id, NOBODY, Optional.empty()));
        assertRefused("InvalidPluginName", () -> invocation(id, WEB_01, Optional.of("PatchWindows")));
        assertRefused(
                "InvalidCommandId", () -> invocation("00000000-0000-0000-0000-000000000000", WEB_01, Optional.empty()));
        Invocation pending = invocation(id, WEB_01, Optional.empty());
        assertThat(pending.status()).isEqualTo("Pending");
        assertThat(pending.responseCode()).isEqualTo(-1);
        assertThat(pending.startedAt()).isEmpty();
        assertThat(pending.elapsed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, Success, Success, Success, Success",
        "SUCCEEDED_REBOOT_PENDING, Success, Success, Success, Success",
        "PARTIAL, Failed, Failed, Failed, Failed",
        "FAILED, Failed, Failed, Failed, Failed",
        "UNKNOWN, Failed, Failed, Failed, Failed",
        "NO_PROGRESS, Failed, Failed, Failed, Failed",
        "DEFERRED, TimedOut, ExecutionTimedOut, TimedOut, DeliveryTimedOut",
        "CANCELLED, Cancelled, Cancelled, Cancelled, Cancelled"
    })
    void aVerdictHasItsWord(
            RunState verdict, String status, String details, String ofCommand, String detailsOfCommand) {
        String id = send(SCAN, WEB_01).commandId();
        fleet.end("web-01", verdict, List.of(), Optional.empty());

        assertThat(list(id, false)).singleElement().satisfies(invocation -> {
            assertThat(invocation.status()).isEqualTo(status);
            assertThat(invocation.statusDetails()).isEqualTo(details);
        });
        assertThat(commands(Optional.of(id), List.of()).commands())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.status()).isEqualTo(ofCommand);
                    assertThat(command.statusDetails()).isEqualTo(detailsOfCommand);
                    assertThat(command.completedCount()).isOne();
                });
    }

    @Test
    void aCommandMayHaveAsManyErrorsAsItSays() {
        SendCommand tolerant = new SendCommand(
                List.of(WEB_01, WEB_02),
                List.of(),
                DOCUMENT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(60),
                Optional.of("nightly"),
                SCAN,
                Optional.empty(),
                Optional.of("bucket"),
                Optional.empty(),
                Optional.of("100%"),
                Optional.of("1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        CommandSummary sent = commands.send(OPERATOR, tolerant).command();
        fleet.end("web-01", RunState.FAILED, List.of(), Optional.empty());
        fleet.end("web-02", RunState.SUCCEEDED, List.of(), Optional.empty());

        CommandSummary told =
                commands(Optional.of(sent.commandId()), List.of()).commands().getFirst();

        assertThat(told.status()).isEqualTo("Success");
        assertThat(told.errorCount()).isOne();
        assertThat(told.comment()).isEqualTo("nightly");
        assertThat(told.timeoutSeconds()).isEqualTo(60);
        assertThat(SsmJson.text(told))
                .contains(
                        "\"OutputS3BucketName\":\"bucket\"",
                        "\"RequestedDateTime\":1795262400.000",
                        "\"TargetCount\":2")
                .doesNotContain("echoed");
    }

    @Test
    void listsAreReadPageByPageAndFiltered() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            fleet.clock.advance(Duration.ofMinutes(1));
            ids.addFirst(send(SCAN, i == 2 ? WEB_02 : WEB_01).commandId());
        }
        fleet.end("web-02", RunState.SUCCEEDED, List.of(), Optional.empty());

        Commands first = commands.commands(
                new ListCommands(Optional.empty(), Optional.empty(), Optional.of(3), Optional.empty(), List.of()));
        Commands second = commands.commands(
                new ListCommands(Optional.empty(), Optional.empty(), Optional.of(3), first.nextToken(), List.of()));
        assertThat(first.commands()).extracting(CommandSummary::commandId).isEqualTo(ids.subList(0, 3));
        assertThat(second.commands()).extracting(CommandSummary::commandId).isEqualTo(ids.subList(3, 5));
        assertThat(second.nextToken()).isEmpty();

        assertThat(filtered("Status", "Success")).containsExactly(ids.get(2));
        assertThat(filtered("ExecutionStage", "Complete")).containsExactly(ids.get(2));
        assertThat(filtered("ExecutionStage", "Executing")).hasSize(4);
        assertThat(filtered("DocumentName", DOCUMENT)).hasSize(5);
        assertThat(filtered("InvokedAfter", NOON.plus(Duration.ofMinutes(4)).toString()))
                .containsExactly(ids.get(0));
        assertThat(filtered("InvokedBefore", "2026-11-21T13:02:00+01:00")).containsExactly(ids.get(4));
        assertRefused("InvalidFilterKey", () -> filtered("InvokedAfter", "yesterday"));
        assertRefused("InvalidFilterKey", () -> filtered("Colour", "red"));
        assertRefused(
                "InvalidNextToken",
                () -> commands.commands(new ListCommands(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("bm9uc2Vuc2U"), List.of())));
    }

    @Test
    void invocationsAreListedAcrossCommands() {
        String older = send(SCAN, WEB_01, WEB_02).commandId();
        fleet.clock.advance(Duration.ofMinutes(1));
        String newer = send(SCAN, WEB_01).commandId();

        List<String> pages = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            InvocationOperations.CommandInvocations page = invocations.invocations(new ListCommandInvocations(
                    Optional.empty(), Optional.empty(), Optional.of(1), token, List.of(), Optional.empty()));
            page.invocations().forEach(each -> pages.add(each.commandId() + " " + each.instanceId()));
            token = page.nextToken();
        } while (token.isPresent());

        assertThat(pages).containsExactly(newer + " " + WEB_01, older + " " + WEB_01, older + " " + WEB_02);
        assertThat(invocations
                        .invocations(new ListCommandInvocations(
                                Optional.empty(),
                                Optional.of(WEB_02),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty()))
                        .invocations())
                .singleElement()
                .satisfies(each -> assertThat(each.commandId()).isEqualTo(older));
    }

    @Test
    void aCommandIsCancelled() {
        String id = send(SCAN, WEB_01, WEB_02).commandId();

        commands.cancel(OPERATOR, new CancelCommand(id, List.of()));

        assertThat(commands(Optional.of(id), List.of()).commands().getFirst().status())
                .isEqualTo("Cancelling");
        assertThat(list(id, false)).extracting(CommandInvocation::status).containsOnly("Cancelling");
        assertRefused("InvalidCommandId", () -> commands.cancel(OPERATOR, new CancelCommand("no-uuid", List.of())));
    }

    @Test
    void onlyNodesOfTheCommandAreTakenOutOfIt() {
        String id = send(SCAN, WEB_01).commandId();

        assertRefused("InvalidInstanceId", () -> commands.cancel(OPERATOR, new CancelCommand(id, List.of(WEB_02))));
        assertRefused(
                "DuplicateInstanceId", () -> commands.cancel(OPERATOR, new CancelCommand(id, List.of(WEB_01, WEB_01))));
    }

    private CommandSummary send(Map<String, List<String>> parameters, String... nodes) {
        return commands.send(OPERATOR, SendCommand.plain(DOCUMENT, List.of(nodes), parameters))
                .command();
    }

    private static SendCommand targets(Map<String, List<String>> parameters, TargetDocument... targets) {
        return new SendCommand(
                List.of(),
                List.of(targets),
                DOCUMENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                parameters,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private List<String> filtered(String key, String value) {
        return commands(Optional.empty(), List.of(new CommandFilter(key, value))).commands().stream()
                .map(CommandSummary::commandId)
                .toList();
    }

    private Commands commands(Optional<String> id, List<CommandFilter> filters) {
        return commands.commands(new ListCommands(id, Optional.empty(), Optional.empty(), Optional.empty(), filters));
    }

    private List<CommandInvocation> list(String id, boolean details) {
        return invocations
                .invocations(new ListCommandInvocations(
                        Optional.of(id),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(details)))
                .invocations();
    }

    private Invocation invocation(String id, String node, Optional<String> plugin) {
        return invocations.invocation(new GetCommandInvocation(id, node, plugin));
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static PatchChange change(String name, Outcome outcome, String reason) {
        return new PatchChange(
                1,
                new PackageKey(name, "x86_64"),
                Optional.of("1-1"),
                "2-1",
                outcome,
                "Security",
                "Important",
                List.of("ADV-1"),
                List.of(),
                reason);
    }
}
