package io.patchway.routes;

import static io.patchway.routes.SimulatedSite.answering;
import static io.patchway.routes.SimulatedSite.answeringWithoutEnd;
import static io.patchway.routes.SimulatedSite.hangingUp;
import static io.patchway.routes.SimulatedSite.redirecting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.patchway.baseline.EverythingApproved;
import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.NodeSettings;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunMemory;
import io.patchway.run.RunNode;
import io.patchway.run.RunNote;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.Transition;
import io.patchway.run.step.Delegation;
import io.patchway.run.step.Steps;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hands a server over through the real routes and a real HTTP client, to a site that does not always behave. */
class DelegationRoutesTest {
    private static final ServerId BRANCH = new ServerId("branch-01");
    private static final RunPolicy HASTY = new RunPolicy(
            Duration.ofHours(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMinutes(15));

    @TempDir
    Path folder;

    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final CamelContext camel = new DefaultCamelContext();
    private SimulatedSite site;
    private Path passwordFile;

    @BeforeEach
    void openSite() throws IOException {
        site = new SimulatedSite();
        passwordFile = Files.writeString(folder.resolve("password"), SimulatedSite.PASSWORD + "\n");
    }

    @AfterEach
    void stop() {
        camel.stop();
        site.close();
    }

    @Test
    void aServerIsHandedOverWatchedAndItsHistoryFetchedBack() throws Exception {
        RunReport run = patch();

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.operations).hasSize(1);
        assertThat(run.changes())
                .extracting(change -> change.key().name(), PatchChange::outcome, PatchChange::round)
                .containsExactlyInAnyOrder(tuple("KB3084905", Outcome.INSTALLED, 1), tuple("curl", Outcome.FAILED, 1));
        assertThat(run.notes()).extracting(RunNote::text).anyMatch(text -> text.contains("There are 0 updates"));
        assertThat(site.callsOf("login")).isEqualTo(1);
    }

    @Test
    void anOrderHasTheDocumentedFormAndNoHeaderButThoseMeant() throws Exception {
        RunReport run = patch();

        SimulatedSite.Call order = site.calls.stream()
                .filter(call -> call.path().endsWith("executePackage"))
                .findFirst()
                .orElseThrow();
        assertThat(order.body())
                .isEqualTo("{\"servers\":[\"WA1ALIASWEB01\"],\"package\":{\"packageId\":"
                        + "\"c3c6642e-24e1-4c37-b56a-1cf1476ee360\",\"parameters\":{}}}");
        assertThat(order.headers()).containsEntry("Idempotency-key", run.id() + "-1");
        assertThat(order.headers().keySet())
                .containsExactlyInAnyOrder(
                        "Accept",
                        "Authorization",
                        "Connection",
                        "Content-length",
                        "Content-type",
                        "Host",
                        "Idempotency-key",
                        "User-agent");
    }

    @Test
    @Survives(10)
    void anAnswerThatIsLostAfterTheOrderWasTakenLeadsToNoSecondOne() throws Exception {
        site.onOrder(site.takingItAndHangingUp());

        RunReport run = patch();

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.operations).hasSize(1);
        assertThat(site.callsOf("executePackage")).isEqualTo(1);
    }

    @Test
    @Survives(10)
    void toASiteThatHonoursItsIdentityTheOrderIsRepeated() throws Exception {
        site.honouringIdentity().onOrder(site.takingItAndHangingUp(), answering(502, "<html>bad gateway</html>"));

        RunReport run = patch();

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.operations).hasSize(1);
        assertThat(site.callsOf("executePackage")).isEqualTo(3);
    }

    @Test
    @Survives(10)
    void aCrashBetweenTheOrderAndItsCommitLeadsToNoSecondOrder() throws Exception {
        CrashingLedger crashing = new CrashingLedger();

        RunReport run = patch(crashing, Duration.ofMinutes(1));

        assertThat(crashing.crashes).isEqualTo(1);
        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.operations).hasSize(1);
    }

    @Test
    void passingFaultsOfTheSiteAreWaitedOut() throws Exception {
        site.onStatus(
                answering(500, "{\"message\":\"An error has occurred.\"}"),
                hangingUp(),
                answering(200, "garbage"),
                answering(200, "[{]"),
                answering(200, "{\"status\":\"frobnicating\"}"),
                answering(503, ""));
        site.onHistory(call -> false, answering(500, ""), answering(200, "{}"), hangingUp());

        RunReport run = patch();

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.operations).hasSize(1);
    }

    @Test
    @Survives(32)
    void aTokenThatCountsNoMoreIsRenewedAlsoInTheMiddleOfAnOrder() throws Exception {
        site.onOrder(call -> {
            site.forgetTokens();
            return false;
        });

        RunReport run = patch();

        assertThat(run.state()).as("%s", run.notes()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.callsOf("login")).isEqualTo(2);
        assertThat(site.operations).hasSize(1);
    }

    @Test
    @Survives(36)
    void anAnswerWithoutEndIsCutOffAndTheRunGoesOn() throws Exception {
        site.onStatus(answeringWithoutEnd());

        assertThat(patch().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aWrongPasswordIsTriedOnceAndNamedAndNeverShown() throws Exception {
        Files.writeString(passwordFile, "wrong-secret");

        RunReport run = patch();

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error)
                        .contains("does not let hq in")
                        .contains("We didn't recognize")
                        .doesNotContain("wrong-secret"));
        assertThat(site.callsOf("login")).isEqualTo(1);
    }

    @Test
    void aRefusedServerIsDeferredWithTheReasonOfTheSite() throws Exception {
        site.onOrder(answering(200, """
            [{"server":"wa1aliasweb01","isQueued":false,"errorMessage":"The operation cannot be queued because the \
            server cannot be found or it is not in a valid state."}]
            """));

        RunReport run = patch();

        assertThat(run.state()).isEqualTo(RunState.DEFERRED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("not in a valid state"));
    }

    @Test
    void aRedirectedOrderIsNotFollowed() throws Exception {
        site.onOrder(redirecting());

        RunReport run = patch();

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(site.callsOf("elsewhere")).isZero();
        assertThat(site.operations).isEmpty();
    }

    @Test
    void aPathInTheNameOfAnOperationIsNoName() throws Exception {
        site.onOrder(answering(200, """
            [{"server":"wa1aliasweb01","isQueued":true,"links":[{"rel":"status","id":"../../v2/servers"}]}]
            """));

        RunReport run = patch(ledger, Duration.ofSeconds(4));

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(site.callsOf("executePackage")).isEqualTo(1);
        assertThat(site.callsOf("/status/")).isZero();
    }

    @Test
    void aSiteThatIsNotThereIsNamedAndNothingIsKnownToBeSent() throws Exception {
        site.close();

        RunReport run = patch();

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("does not answer"));
    }

    @Test
    void anEndlessExecutionEndsAtTheDeadlineAsUnknown() throws Exception {
        site.endingWith("executing");

        RunReport run = patch(ledger, Duration.ofSeconds(4));

        assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
    }

    private RunReport patch() throws Exception {
        return patch(ledger, Duration.ofMinutes(1));
    }

    /** @param deadline how long the other site may take */
    private RunReport patch(InMemoryRunLedger used, Duration deadline) throws Exception {
        Clock clock = Clock.systemUTC();
        OneServer inventory = new OneServer(site, passwordFile);
        Steps steps = new Steps(
                inventory,
                new EverythingApproved(),
                (key, found) -> found,
                List::of,
                List::of,
                new SimulatedServer(),
                used,
                HASTY,
                clock);
        NodeSettings settings = new NodeSettings("test", 4, Duration.ofSeconds(30), false);
        RunNode node = new RunNode(settings, used, HASTY, (run, transition) -> {}, clock);
        camel.getPropertiesComponent().addInitialProperty("patchway.claim-period", "10");
        camel.getPropertiesComponent().addInitialProperty("patchway.steps", "seda:steps?pollTimeout=20");
        camel.addRoutesConfigurations(new TroubleWithRuns(node, steps, new Outage("database")));
        camel.addRoutes(new ServerRunRoutes(node, steps, new Outage("database"), new Outage("wire")));
        Delegation delegation = new Delegation(new CamelSite(camel, clock), List::of, used, HASTY, deadline, clock);
        camel.addRoutes(new DelegationRoutes(delegation, List.of(site.connection(passwordFile)), clock));
        camel.start();
        PatchRequest request = request();
        used.accept(request, Optional.empty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> used.report(request.id()).orElseThrow().endedAt().isPresent());
        return used.report(request.id()).orElseThrow().runs().get(0);
    }

    private static PatchRequest request() {
        return new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "test",
                "tester",
                List.of(BRANCH),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                Instant.now());
    }

    /** Loses the commit that follows the first order, and gives the claim back as the next start of a node does. */
    private static final class CrashingLedger extends InMemoryRunLedger {
        private int crashes;
        private boolean sent;

        @Override
        public synchronized boolean remember(Claim claim, RunMemory memory) {
            sent = true;
            return super.remember(claim, memory);
        }

        @Override
        public synchronized boolean commit(Claim claim, Transition transition, Instant now) {
            if (sent && crashes == 0) {
                crashes++;
                giveBack(Set.of(claim), now);
                return false;
            }
            return super.commit(claim, transition, now);
        }
    }

    private record OneServer(SimulatedSite site, Path passwordFile) implements Inventory {
        @Override
        public Optional<Server> find(ServerId id) {
            return all().stream().filter(server -> server.id().equals(id)).findFirst();
        }

        @Override
        public List<Server> all() {
            return List.of(new Server(
                    BRANCH, "branch", Set.of(), Map.of(), Optional.empty(), false, site.connection(passwordFile)));
        }
    }
}
