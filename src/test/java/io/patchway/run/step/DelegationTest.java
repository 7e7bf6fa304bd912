package io.patchway.run.step;

import static io.patchway.run.step.ScriptedSite.patch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchway.SettableClock;
import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.HookOccasion;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RemoteSite.Answer;
import io.patchway.run.RemoteSite.Attempt;
import io.patchway.run.RemoteSite.End;
import io.patchway.run.RemoteSite.Execution;
import io.patchway.run.RemoteSite.Progress;
import io.patchway.run.RemoteSite.Stage;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunNote;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.SpecialOrders;
import io.patchway.run.Transition;
import io.patchway.server.ConnectionSettings.Http;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a run decides whose server another site patches. */
class DelegationTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID USUAL = UUID.fromString("c3c6642e-24e1-4c37-b56a-1cf1476ee360");
    private static final UUID OTHER = UUID.fromString("b229535c-a313-4a31-baf8-6aa71ff4b9ed");
    private static final Progress WORKING = new Progress.Working("executing", true);
    private static final Progress SUCCEEDED = new Progress.Ended(End.SUCCEEDED);
    private static final Progress FAILED = new Progress.Ended(End.FAILED);
    private static final Server BRANCH = new Server(
            new ServerId("branch-01"),
            "branch-01",
            Set.of(),
            Map.of(),
            Optional.empty(),
            false,
            new Http(
                    URI.create("https://branch.example.com"),
                    Optional.empty(),
                    "hq",
                    Path.of("/dev/null"),
                    "web-01",
                    USUAL,
                    Optional.empty()));

    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final ScriptedSite site = new ScriptedSite();
    private final RunPolicy policy = RunPolicy.standard();
    private final FaultVerdict faultVerdict = new FaultVerdict(policy, clock);
    private final Delegation delegation = new Delegation(
            site,
            () -> List.of(new ScriptPackage(OTHER, "Other", Set.of(), Set.of(), List.of(), Map.of())),
            ledger,
            policy,
            Duration.ofHours(6),
            clock);

    private RequestId request;

    @Test
    void whatTheSiteDidIsToldAttemptByAttemptAndPatchByPatch() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-100000")).progressing(WORKING, SUCCEEDED);
        site.doing(
                Stage.COMPLETED,
                "Updating Complete",
                patch("openssl-1:3.0.7-28.el9.x86_64 (RHSA-2026:1, RHSA-2026:2)", 2),
                patch("Update for Windows Server 2012 R2 (KB3084905)", 4));

        step();
        site.telling(execution("WA1-100000", Stage.COMPLETED, "4 updates", "0 updates"));
        RunReport run = finish();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.orders).hasSize(1);
        assertThat(site.packages).containsExactly(USUAL);
        assertThat(run.notes())
                .extracting(RunNote::text)
                .anyMatch(text -> text.startsWith("attempt 1 there") && text.endsWith("4 updates"))
                .anyMatch(text -> text.startsWith("attempt 2 there") && text.endsWith("0 updates"))
                .endsWith("the other site says succeeded: Updating Complete");
        assertThat(run.changes())
                .extracting(change -> change.key().toString(), PatchChange::after, PatchChange::outcome)
                .containsExactlyInAnyOrder(
                        tuple("openssl.x86_64", "1:3.0.7-28.el9", Outcome.INSTALLED),
                        tuple("KB3084905.noarch", "Update for Windows Server 2012 R2 (KB3084905)", Outcome.FAILED));
        assertThat(run.changes().stream().filter(change -> change.outcome() == Outcome.INSTALLED))
                .singleElement()
                .satisfies(change -> assertThat(change.advisories()).containsExactly("RHSA-2026:1", "RHSA-2026:2"));
    }

    @Test
    void theWordSucceededIsNoSuccessWhileTheHistorySaysRunning() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-100000")).progressing(SUCCEEDED);
        step();
        site.telling(execution("WA1-100000", Stage.RUNNING));

        steps(6);

        assertThat(current().state()).isEqualTo(RunState.VERIFYING);
        clock.advance(Duration.ofHours(5));
        step();
        assertThat(current().state()).isEqualTo(RunState.VERIFYING);
        site.telling(execution("WA1-100000", Stage.FAILED)).doing(Stage.FAILED, "Updating Failed");
        assertThat(finish().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aFailureWithSomethingInstalledIsPartial() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-100000")).progressing(FAILED);
        site.doing(Stage.FAILED, "Updating Failed: disk full", patch("a-1-1.x86_64", 2), patch("b-1-1.x86_64", 4));
        step();
        site.telling(execution("WA1-100000", Stage.FAILED));

        RunReport run = finish();

        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("disk full"));
    }

    @Test
    @Survives(10)
    void aLostAnswerIsNeverFollowedByASecondOrderButByALookIntoTheHistory() {
        site.telling(execution("WA1-1", Stage.COMPLETED));
        accept(Optional.empty());
        site.answering(new Answer.Lost("connection reset")).progressing(WORKING);
        steps(2);
        steps(3);
        assertThat(site.orders).hasSize(1);

        site.telling(execution("WA1-2", Stage.RUNNING), execution("WA1-1", Stage.COMPLETED));
        step();

        assertThat(Delegation.handOver(current()).orElseThrow().operation()).contains("WA1-2");
        assertThat(site.orders).hasSize(1);
    }

    @Test
    @Survives(6)
    void anOrderThatNobodyKnowsOfEndsAsUnknown() {
        accept(Optional.empty());
        site.answering(new Answer.Lost("connection reset"));
        steps(2);
        clock.advance(Duration.ofMinutes(11));

        RunReport run = finish();

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("not sent a second time"));
        assertThat(site.orders).hasSize(1);
    }

    @Test
    void twoExecutionsSinceTheOrderAreNotGuessedBetween() {
        accept(Optional.empty());
        site.answering(new Answer.Lost("connection reset"));
        steps(2);
        site.telling(execution("WA1-3", Stage.RUNNING), execution("WA1-2", Stage.RUNNING));

        assertThat(finish().state()).isEqualTo(RunState.UNKNOWN);
    }

    @Test
    @Survives(10)
    void aNodeThatDiesAfterSendingLeavesBehindThatItMayHaveSent() {
        accept(Optional.empty());
        step();
        site.answering(new Answer.Accepted("wa1-100000"));
        ServerRun dying = ledger.load(claim()).orElseThrow();
        Transition neverCommitted = delegation.take(new StepWork(dying, BRANCH, Optional.empty()));
        assertThat(neverCommitted.note()).contains("handed over as operation wa1-100000");

        site.telling(execution("WA1-100000", Stage.RUNNING)).progressing(WORKING);
        steps(3);

        assertThat(site.orders).hasSize(1);
        assertThat(Delegation.handOver(current()).orElseThrow().operation()).contains("WA1-100000");
    }

    @Test
    void aSiteThatTakesTheSameOrderForTheSameIsSentItAgainUnderTheSameIdentity() {
        site.takingOneOrderForTheSame();
        accept(Optional.empty());
        site.answering(new Answer.Lost("reset"), new Answer.Rejected("status 403"), new Answer.Accepted("wa1-5"));
        site.progressing(WORKING);

        steps(5);

        assertThat(site.orders).hasSize(3);
        assertThat(Set.copyOf(site.orders)).hasSize(1);
        assertThat(Delegation.handOver(current()).orElseThrow().operation()).contains("wa1-5");
    }

    @Test
    void anOrderThatSurelyDidNotArriveIsSentAgainForAWhile() {
        accept(Optional.empty());
        site.answering(new Answer.NotSent("connection refused"), new Answer.Accepted("wa1-5"));
        site.progressing(WORKING);
        steps(3);
        assertThat(Delegation.handOver(current()).orElseThrow().operation()).contains("wa1-5");

        accept(Optional.empty());
        site.answering(new Answer.NotSent("connection refused"), new Answer.NotSent("connection refused"));
        steps(2);
        clock.advance(Duration.ofMinutes(6));
        assertThat(step().next()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aBusyServerIsDeferredAndARejectedOrderFails() {
        accept(Optional.empty());
        site.answering(new Answer.Busy("not in a valid state"));
        RunReport busy = finish();
        assertThat(busy.state()).isEqualTo(RunState.DEFERRED);
        assertThat(busy.lastError()).contains("https://branch.example.com refused it: not in a valid state");

        accept(Optional.empty());
        site.answering(new Answer.Rejected("status 400: package"));
        assertThat(finish().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void anOperationThatTheSiteForgotIsUnknown() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-5")).progressing(WORKING, new Progress.Gone());

        assertThat(finish().state()).isEqualTo(RunState.UNKNOWN);
    }

    @Test
    void aWordThatTheApiDoesNotHaveIsWorkUntilTheDeadline() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-5")).progressing(new Progress.Working("frobnicating", false));
        steps(20);
        assertThat(current().state()).isEqualTo(RunState.INSTALLING);

        clock.set(current().deadline().orElseThrow().plusSeconds(1));
        RunReport run = finish();

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("frobnicating"));
    }

    @Test
    void aSiteThatIsAwayIsAskedAgainUntilTheDeadlineAndThenNobodyKnows() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-5")).progressing(WORKING);
        steps(3);
        site.failWith(new ServerFault(ServerFault.Kind.UNREACHABLE, "down"));
        steps(50);
        assertThat(current().state()).isEqualTo(RunState.INSTALLING);

        clock.set(current().deadline().orElseThrow().plusSeconds(1));

        assertThat(finish().state()).isEqualTo(RunState.UNKNOWN);
    }

    @Test
    void withoutTheHistoryAFailureIsAFailureAndASuccessIsUnknown() {
        assertThat(endWithoutHistory(FAILED)).isEqualTo(RunState.FAILED);
        assertThat(endWithoutHistory(SUCCEEDED)).isEqualTo(RunState.UNKNOWN);
    }

    private RunState endWithoutHistory(Progress end) {
        site.recover();
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-5")).progressing(end);
        steps(3);
        site.failWith(new ServerFault(ServerFault.Kind.CONFIGURATION, "no such path"));
        return finish().state();
    }

    @Test
    void aSiteThatDoesNotKnowTheServerEndsTheRunBeforeAnythingIsSent() {
        accept(Optional.empty());
        site.failWith(new ServerFault(ServerFault.Kind.CONFIGURATION, "does not tell of server web-01"));

        assertThat(finish().state()).isEqualTo(RunState.FAILED);
        assertThat(site.orders).isEmpty();
    }

    @Test
    void whatIsHandedOverCannotBeCalledBackAndTheRunSaysSo() {
        accept(Optional.empty());
        site.answering(new Answer.Accepted("wa1-5")).progressing(WORKING);
        steps(3);
        cancel();

        steps(3);

        assertThat(report().notes())
                .extracting(RunNote::text)
                .filteredOn(text -> text.contains("cannot be called back"))
                .hasSize(1);
        assertThat(current().state()).isEqualTo(RunState.INSTALLING);
    }

    @Test
    void aRunThatIsCancelledBeforeTheOrderIsNeverHandedOver() {
        accept(Optional.empty());
        step();
        cancel();

        assertThat(finish().state()).isEqualTo(RunState.CANCELLED);
        assertThat(site.orders).isEmpty();
    }

    @Test
    void aPackageThatTheRequestNamesIsTheOneThatIsOrdered() {
        accept(Optional.of("Other"));
        site.answering(new Answer.Busy("x"));
        finish();

        assertThat(site.packages).containsExactly(OTHER);
    }

    @Test
    void theServerEntersMaintenanceModeBeforeTheOrderIsSentWhenTheRequestSaysSo() {
        accept(Optional.empty());
        assertThat(step().maintenanceUntil()).isEmpty();

        accept(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                Optional.empty(),
                SpecialOrders.NONE.orMaintenance(true));
        Transition handingOver = step();

        assertThat(handingOver.next()).isEqualTo(RunState.INSTALLING);
        assertThat(handingOver.maintenanceUntil()).contains(NOON.plus(policy.maintenance()));
        assertThat(site.orders).isEmpty();
    }

    @Test
    void whatTheSiteCannotBeAskedForIsNotHandedOverAsAnInstall() {
        PatchOverride list = new PatchOverride.InstallList("of the day", List.of());
        SpecialOrders limited = new SpecialOrders(Optional.of(list), Optional.empty());
        SpecialOrders hooked =
                new SpecialOrders(Optional.empty(), Optional.empty(), Map.of(HookOccasion.PRE_INSTALL, "drain"));

        assertRefused(Operation.SCAN, RebootOption.IF_NEEDED, Optional.empty(), SpecialOrders.NONE, "not to scan");
        assertRefused(Operation.REBOOT, RebootOption.IF_NEEDED, Optional.empty(), SpecialOrders.NONE, "not to reboot");
        assertRefused(Operation.INSTALL, RebootOption.NEVER, Optional.empty(), SpecialOrders.NONE, "never to");
        assertRefused(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.of("pci"), SpecialOrders.NONE, "a baseline");
        assertRefused(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), limited, "a baseline");
        assertRefused(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), hooked, "our hooks");
    }

    private void assertRefused(
            Operation operation,
            RebootOption rebootOption,
            Optional<String> baseline,
            SpecialOrders special,
            String why) {
        accept(operation, rebootOption, baseline, Optional.empty(), special);

        assertThat(step().next()).isEqualTo(RunState.FAILED);
        assertThat(report().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains(why));
        assertThat(site.orders).isEmpty();
    }

    @Test
    void theSiteIsAskedOftenAtFirstAndThenEveryHalfMinute() {
        assertThat(Delegation.pause(policy, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Delegation.pause(policy, 40)).isEqualTo(Duration.ofSeconds(8));
        assertThat(Delegation.pause(policy, 4000)).isEqualTo(Duration.ofSeconds(30));
    }

    private static Execution execution(String id, Stage stage, String... newestLast) {
        return new Execution(
                id,
                stage,
                List.of(newestLast).reversed().stream()
                        .map(text ->
                                new Attempt(Optional.of(NOON), Optional.of(NOON), "Invoking yum check-update", text))
                        .toList());
    }

    private void accept(Optional<String> scriptPackage) {
        accept(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), scriptPackage, SpecialOrders.NONE);
    }

    private void accept(
            Operation operation,
            RebootOption rebootOption,
            Optional<String> baseline,
            Optional<String> scriptPackage,
            SpecialOrders special) {
        request = ledger.accept(
                        new PatchRequest(
                                RequestId.next(),
                                operation,
                                rebootOption,
                                PatchRequest.DEFAULT_MAX_ROUNDS,
                                "test",
                                "tester",
                                List.of(BRANCH.id()),
                                baseline,
                                Optional.empty(),
                                scriptPackage,
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                Rollout.ALL_AT_ONCE,
                                special,
                                clock.instant()),
                        Optional.empty())
                .request();
        ServerRun run = current();
        Transition started = Transition.to(RunState.PRECHECK, run, run.memory(), clock.instant(), "started");
        ledger.commit(new Claim(run.id(), run.fence()), started, clock.instant());
    }

    private void cancel() {
        ledger.cancel(current().id(), "called off");
    }

    private void steps(int number) {
        for (int i = 0; i < number; i++) {
            step();
        }
    }

    private Transition step() {
        Claim claim = claim();
        ServerRun run = ledger.load(claim).orElseThrow();
        Transition decided;
        try {
            decided = delegation.take(new StepWork(run, BRANCH, Optional.empty()));
        } catch (ServerFault fault) {
            decided = faultVerdict.of(run, fault);
        }
        ledger.commit(claim, decided, clock.instant());
        return decided;
    }

    private RunReport finish() {
        for (int i = 0; i < 100 && !report().state().ended(); i++) {
            step();
        }
        return report();
    }

    private RunReport report() {
        return ledger.report(request).orElseThrow().runs().get(0);
    }

    private ServerRun current() {
        return ledger.load(claim()).orElseThrow();
    }

    /** The open run, also when it is not yet due. */
    private Claim claim() {
        Duration far = Duration.ofDays(2);
        clock.advance(far);
        List<Claim> claims = ledger.claimDue("node", 100, far.negated(), clock.instant());
        clock.advance(far.negated());
        return claims.getLast();
    }
}
