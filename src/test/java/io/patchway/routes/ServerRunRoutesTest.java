package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.patchway.baseline.EverythingApproved;
import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.NodeSettings;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger;
import io.patchway.run.RunNode;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.SimulatedServer;
import io.patchway.run.Transition;
import io.patchway.run.step.Steps;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.DatabaseUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drives whole server runs through the real routes, over a ledger and a server in memory. */
class ServerRunRoutesTest {
    private static final ServerId WEB = new ServerId("web01");
    private static final RunPolicy HASTY = new RunPolicy(
            Duration.ofHours(1),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMinutes(15));

    private InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final CamelContext camel = new DefaultCamelContext();
    private boolean scanOnly;

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void patchesRoundAfterRoundUntilNothingIsMissing() throws Exception {
        SimulatedServer server = new SimulatedServer(
                        Map.of("one", "2-1"), Map.of("one", "2-1", "two", "2-1"), Map.of("three", "2-1"))
                .needingRebootAfterInstall();

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.rounds()).isEqualTo(3);
        assertThat(run.reboots()).isEqualTo(3);
        assertThat(server.installCommands()).isEqualTo(3);
        assertThat(server.rebootCommands()).isEqualTo(3);
        assertThat(run.changes())
                .extracting(change -> change.key().name(), PatchChange::outcome, PatchChange::round)
                .containsExactly(
                        tuple("one", PatchChange.Outcome.INSTALLED, 1),
                        tuple("two", PatchChange.Outcome.INSTALLED, 2),
                        tuple("three", PatchChange.Outcome.INSTALLED, 3));
    }

    @Test
    void doesNotRebootWhenNoDetectorAsksForIt() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.rebootCommands()).isZero();
    }

    @Test
    void rebootsAfterEveryInstallWhenTheRequestSaysAlways() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));

        RunReport run = patch(server, RebootOption.ALWAYS);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.rebootCommands()).isEqualTo(1);
    }

    @Test
    void leavesTheRebootPendingWhenTheRequestSaysNever() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1")).needingRebootAfterInstall();

        RunReport run = patch(server, RebootOption.NEVER);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED_REBOOT_PENDING);
        assertThat(server.rebootCommands()).isZero();
    }

    @Test
    @Survives(4)
    void rebootsOnceAndNotForEverWhenADetectorNeverFallsSilent() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1")).alwaysWantingReboot();

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED_REBOOT_PENDING);
        assertThat(server.rebootCommands()).isEqualTo(1);
    }

    @Test
    @Survives(40)
    void oneFailingPatchMakesTheRunPartialAndNamesTheReason() throws Exception {
        SimulatedServer server =
                new SimulatedServer(Map.of("good", "2-1", "bad", "2-1")).failingToInstall("bad", Meaning.FAILED);

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(run.changes())
                .filteredOn(change -> change.outcome() == PatchChange.Outcome.FAILED)
                .allSatisfy(change -> {
                    assertThat(change.key().name()).isEqualTo("bad");
                    assertThat(change.reason()).contains("Error: simulated trouble");
                });
    }

    @Test
    void nothingInstalledIsFailed() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("bad", "2-1")).failingToInstall("bad", Meaning.FAILED);

        assertThat(patch(server, RebootOption.IF_NEEDED).state()).isEqualTo(RunState.FAILED);
    }

    @Test
    @Survives(3)
    void theSameMissingSetAfterAClaimedSuccessIsNoProgress() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("bad", "2-1")).failingToInstall("bad", Meaning.DONE);

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.NO_PROGRESS);
        assertThat(server.installCommands()).isEqualTo(1);
    }

    @Test
    @Survives(6)
    void aFullDiskEndsTheRunWithoutAReboot() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("bad", "2-1", "good", "2-1"))
                .needingRebootAfterInstall()
                .failingToInstall("bad", Meaning.NO_SPACE);

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(server.rebootCommands()).isZero();
    }

    @Test
    @Survives(2)
    void aServerThatDoesNotReturnFailsAtItsDeadline() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"))
                .needingRebootAfterInstall()
                .neverReturning();

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.notes()).last().satisfies(note -> assertThat(note.text()).startsWith("no return"));
    }

    @Test
    @Survives(39)
    void aRepositoryThatIsDownIsAFailureAndNeverCompliant() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"))
                .failingToScan(new ServerFault(ServerFault.Kind.METADATA, "repository updates is down"));

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError()).hasValue("repository updates is down");
    }

    @Test
    @Survives(27)
    void whatAServerSaysIsTextAndNoExpression() throws Exception {
        String expression = "${sys:user.home} ${bean:steps} {{patchway.steps}} #{1+1}";
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"))
                .failingToScan(new ServerFault(ServerFault.Kind.METADATA, expression));

        RunReport run = patch(server, RebootOption.IF_NEEDED);

        assertThat(run.lastError()).hasValue(expression);
        assertThat(run.notes()).last().satisfies(note -> assertThat(note.text()).isEqualTo("METADATA: " + expression));
    }

    @Test
    @Survives(26)
    void headersOnTheWireReachNoStep() throws Exception {
        List<Set<String>> headers = new CopyOnWriteArrayList<>();
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeSendingEvent sending
                        && sending.getEndpoint().getEndpointUri().contains("start-run")) {
                    headers.add(Set.copyOf(
                            sending.getExchange().getMessage().getHeaders().keySet()));
                }
            }
        });
        patch(new SimulatedServer(Map.of("one", "2-1")), RebootOption.IF_NEEDED);
        camel.getRouteController().stopRoute("claim-due-steps");
        ledger.accept(request(Operation.SCAN, RebootOption.IF_NEEDED, Optional.empty()), Optional.empty());
        RunLedger.Claim claim =
                ledger.claimDue("test", 1, Duration.ofMinutes(1), Instant.now()).get(0);
        headers.clear();

        camel.createProducerTemplate()
                .sendBodyAndHeaders(
                        "seda:steps?pollTimeout=20",
                        claim.run() + " " + claim.fence(),
                        Map.of("CamelFileName", "evil", "CAMELExecCommandArgs", "x"));

        await().atMost(Duration.ofSeconds(20)).until(() -> !headers.isEmpty());
        assertThat(headers).allMatch(Set::isEmpty);
    }

    @Test
    void aScanOnlyServerIsNotPatched() throws Exception {
        scanOnly = true;
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));

        assertThat(patch(server, RebootOption.IF_NEEDED).state()).isEqualTo(RunState.FAILED);
        assertThat(server.installCommands()).isZero();
    }

    @Test
    void aScanListsWhatIsMissingAndInstallsNothing() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));

        RunReport run = run(server, request(Operation.SCAN, RebootOption.IF_NEEDED, Optional.empty()));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.changes()).extracting(PatchChange::outcome).containsExactly(PatchChange.Outcome.MISSING);
        assertThat(server.installCommands()).isZero();
    }

    @Test
    @Survives(13)
    void noServerStartsAfterTheCutoff() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));
        Instant now = Instant.now();
        WindowSpan closing = new WindowSpan("nightly", now.minusSeconds(60), now.minusSeconds(1), now.plusSeconds(60));

        RunReport run = run(server, request(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.of(closing)));

        assertThat(run.state()).isEqualTo(RunState.DEFERRED);
        assertThat(server.installCommands()).isZero();
    }

    @Test
    @Survives(13)
    void noRebootIsBegunThatDoesNotFitIntoTheWindow() throws Exception {
        SimulatedServer server = new SimulatedServer(Map.of("one", "2-1")).needingRebootAfterInstall();
        Instant now = Instant.now();
        WindowSpan narrow = new WindowSpan("nightly", now.minusSeconds(60), now.plusSeconds(60), now.plusSeconds(120));

        RunReport run = run(server, request(Operation.INSTALL, RebootOption.IF_NEEDED, Optional.of(narrow)));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED_REBOOT_PENDING);
        assertThat(server.rebootCommands()).isZero();
    }

    @Test
    void aDecisionThatTheLedgerCannotTakeIsTroubleOfTheStepAndTriedAgain() throws Exception {
        ledger = new PickyLedger(1, new IllegalStateException("this cannot be stored"));

        RunReport run = patch(new SimulatedServer(Map.of("one", "2-1")), RebootOption.IF_NEEDED);

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aDecisionThatTheLedgerNeverTakesEndsTheRun() throws Exception {
        ledger = new PickyLedger(Integer.MAX_VALUE, new IllegalStateException("this cannot be stored"));

        RunReport run = patch(new SimulatedServer(Map.of("one", "2-1")), RebootOption.IF_NEEDED);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("internal error", "this cannot be stored"));
    }

    @Test
    @Survives(9)
    void aDecisionThatAnOutageCutsOffIsTakenUpAgainLongBeforeItsLeaseEnds() throws Exception {
        ledger = new PickyLedger(1, new DatabaseUnavailable("away", new IOException("away")));

        RunReport run = patch(new SimulatedServer(Map.of("one", "2-1")), RebootOption.IF_NEEDED);

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
    }

    /** Refuses some decisions to install. */
    private static final class PickyLedger extends InMemoryRunLedger {
        private final RuntimeException refusal;
        private int refusals;

        private PickyLedger(int refusals, RuntimeException refusal) {
            this.refusals = refusals;
            this.refusal = refusal;
        }

        @Override
        public synchronized Optional<Claim> commitAndKeep(
                Claim claim, Transition transition, String node, Duration lease, Instant now) {
            if (transition.next() == RunState.INSTALLING && refusals > 0) {
                refusals--;
                throw refusal;
            }
            return super.commitAndKeep(claim, transition, node, lease, now);
        }
    }

    private RunReport patch(SimulatedServer server, RebootOption rebootOption) throws Exception {
        return run(server, request(Operation.INSTALL, rebootOption, Optional.empty()));
    }

    private RunReport run(SimulatedServer server, PatchRequest request) throws Exception {
        Clock clock = Clock.systemUTC();
        Steps steps = new Steps(
                new OneServer(),
                new EverythingApproved(),
                (key, found) -> found,
                List::of,
                List::of,
                server,
                ledger,
                HASTY,
                clock);
        NodeSettings settings = new NodeSettings("test", 4, Duration.ofSeconds(30), false);
        RunNode node = new RunNode(settings, ledger, HASTY, (run, transition) -> {}, clock);
        camel.getPropertiesComponent().addInitialProperty("patchway.claim-period", "10");
        camel.getPropertiesComponent().addInitialProperty("patchway.steps", "seda:steps?pollTimeout=20");
        Outage database = new Outage("database");
        camel.addRoutesConfigurations(new TroubleWithRuns(node, steps, database));
        camel.addRoutes(new ServerRunRoutes(node, steps, database, new Outage("wire")));
        camel.start();
        ledger.accept(request, Optional.empty());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ledger.report(request.id()).orElseThrow().endedAt().isPresent());
        return ledger.report(request.id()).orElseThrow().runs().get(0);
    }

    private static PatchRequest request(Operation operation, RebootOption rebootOption, Optional<WindowSpan> window) {
        return new PatchRequest(
                RequestId.next(),
                operation,
                rebootOption,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "test",
                "tester",
                List.of(WEB),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                window,
                Rollout.ALL_AT_ONCE,
                Instant.now());
    }

    private final class OneServer implements Inventory {
        @Override
        public Optional<Server> find(ServerId id) {
            return all().stream().filter(server -> server.id().equals(id)).findFirst();
        }

        @Override
        public List<Server> all() {
            return List.of(new Server(
                    WEB, "web01", Set.of(), Map.of(), Optional.empty(), scanOnly, new ConnectionSettings.Local()));
        }
    }
}
