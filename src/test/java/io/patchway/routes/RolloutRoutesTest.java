package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.baseline.EverythingApproved;
import io.patchway.faults.Survives;
import io.patchway.rollout.HealthGate;
import io.patchway.rollout.Rollout;
import io.patchway.rollout.RolloutPhase;
import io.patchway.rollout.Share;
import io.patchway.rollout.Stages;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.NodeSettings;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RolloutLedger.Standing;
import io.patchway.run.Rollouts;
import io.patchway.run.RunLedger;
import io.patchway.run.RunNode;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import io.patchway.run.machine.InMemoryMachines;
import io.patchway.run.step.HealthCheck;
import io.patchway.run.step.RolloutSteps;
import io.patchway.run.step.Steps;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
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

/** Drives whole rollouts through the real routes and a real ledger, over servers in memory. */
class RolloutRoutesTest {
    private static final Share ONE = Share.of(1);
    private static final RunPolicy HASTY = new RunPolicy(
            Duration.ofHours(1),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(30),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMinutes(15));

    @TempDir
    Path folder;

    private final CamelContext camel = new DefaultCamelContext();
    private final SimulatedServers servers = new SimulatedServers();
    private Database database;
    private RunLedger ledger;
    private SqlRolloutLedger rollouts;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        ledger = new SqlRunLedger(database, "patch.example.org");
        rollouts = new SqlRolloutLedger(database, "node-1");
    }

    @AfterEach
    void stop() {
        camel.stop();
        database.close();
    }

    @Test
    void aWaveStartsOnlyWhenTheWaveBeforeHasEnded() throws Exception {
        healthy("web-1", "web-2", "web-3", "web-4", "web-5");

        RequestReport report = ended(begin(rollout(List.of(ONE, Share.of("50%"), Share.ALL), Optional.empty())));

        assertThat(report.runs()).extracting(RunReport::state).containsOnly(RunState.SUCCEEDED);
        assertThat(latestEnd(report, 0, 1)).isBeforeOrEqualTo(earliestStart(report, 1, 3));
        assertThat(latestEnd(report, 1, 3)).isBeforeOrEqualTo(earliestStart(report, 3, 5));
    }

    @Test
    void aCanaryThatFailsHoldsTheOthersBackUntilSomebodyResumes() throws Exception {
        servers.with("web-1", failing());
        healthy("web-2", "web-3");
        RequestId request = begin(rollout(List.of(ONE, Share.ALL), Optional.empty()));

        Standing held = standing(request, RolloutPhase.HELD);
        assertThat(held.reason()).contains("no server of stage 1 of 2 ended well");
        assertThat(servers.get("web-2").installCommands()).isZero();

        rollouts.resume(request, false, Instant.now());
        RequestReport report = ended(request);
        assertThat(report.runs())
                .extracting(RunReport::state)
                .containsExactly(RunState.FAILED, RunState.SUCCEEDED, RunState.SUCCEEDED);
    }

    @Test
    void stopAtFailureCancelsWhatWasNotStarted() throws Exception {
        servers.with("web-1", failing());
        healthy("web-2", "web-3");
        Rollout oneByOne = new Rollout(
                Optional.of(ONE),
                Optional.of(Share.of(0)),
                Optional.empty(),
                List.of(),
                Duration.ZERO,
                Optional.empty(),
                List.of(),
                true);

        RequestReport report = ended(begin(oneByOne));

        assertThat(report.runs())
                .extracting(RunReport::state)
                .containsExactly(RunState.FAILED, RunState.CANCELLED, RunState.CANCELLED);
        assertThat(report.runs().get(2).notes().getLast().text())
                .isEqualTo("not started: error budget spent: 1 of 3 servers failed, 0 may");
    }

    @Test
    @Survives(43)
    void theHealthGateIsAskedBetweenTwoWavesAndFailsClosed() throws Exception {
        healthy("web-1", "web-2");
        servers.get("web-1").health(Optional.of("the command ended with status 3: inactive"));
        RequestId request = begin(rollout(List.of(ONE, Share.ALL), Optional.of("nginx-runs")));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> rollouts.standing(request).orElseThrow().phase() == RolloutPhase.CHECKING);
        rollouts.pause(request, "paused", Instant.now());
        assertThat(servers.get("web-2").installCommands()).isZero();
        servers.get("web-1").health(Optional.empty());
        rollouts.resume(request, false, Instant.now());

        assertThat(ended(request).runs()).extracting(RunReport::state).containsOnly(RunState.SUCCEEDED);
    }

    @Test
    void aCancelledInstallEndsBetweenTwoTransactionsAndIsLookedAt() throws Exception {
        servers.with("web-1", new SimulatedServer(Map.of("one", "2-1")).installingUntilStopped());
        healthy("web-2");
        RequestId request = begin(rollout(List.of(ONE, Share.ALL), Optional.empty()));
        await().atMost(Duration.ofSeconds(10)).until(() -> servers.get("web-1").installCommands() == 1);

        rollouts.cancel(request, Set.of(), "cancelled: wrong baseline", Instant.now());

        RequestReport report = ended(request);
        assertThat(servers.get("web-1").stopCommands()).isPositive();
        assertThat(report.runs().getFirst().changes())
                .extracting(PatchChange::outcome)
                .containsExactly(PatchChange.Outcome.INSTALLED);
        assertThat(report.runs().getFirst().state())
                .as("everything was installed by the time it stopped")
                .isEqualTo(RunState.SUCCEEDED);
        assertThat(report.runs().getLast().state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.runs().getLast().notes().getLast().text())
                .isEqualTo("not started: cancelled: wrong baseline");
    }

    @Test
    void aCancelledRunBeginsNoFurtherRoundAndNoReboot() throws Exception {
        servers.with(
                "web-1",
                new SimulatedServer(Map.of("one", "2-1"), Map.of("one", "2-1", "two", "2-1"))
                        .needingRebootAfterInstall()
                        .installingUntilStopped());
        RequestId request = begin(Rollout.ALL_AT_ONCE);
        await().atMost(Duration.ofSeconds(10)).until(() -> servers.get("web-1").installCommands() == 1);

        rollouts.cancel(request, Set.of(new ServerId("web-1")), "cancelled", Instant.now());

        RunReport run = ended(request).runs().getFirst();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.notes().getLast().text()).isEqualTo("cancelled; 0 approved and still missing; a reboot is due");
        assertThat(servers.get("web-1").rebootCommands()).isZero();
    }

    private void healthy(String... names) {
        for (String name : names) {
            servers.with(name, new SimulatedServer(Map.of("one", "2-1")));
        }
    }

    private static SimulatedServer failing() {
        return new SimulatedServer(Map.of("one", "2-1")).failingToInstall("one", Meaning.FAILED);
    }

    private RequestId begin(Rollout rollout) throws Exception {
        Clock clock = Clock.systemUTC();
        Steps steps = new Steps(
                servers,
                new EverythingApproved(),
                (key, found) -> found,
                List::of,
                List::of,
                servers,
                ledger,
                HASTY,
                clock);
        RunNode node = new RunNode(
                new NodeSettings("node-1", 4, Duration.ofSeconds(30), false),
                ledger,
                HASTY,
                (run, transition) -> {},
                clock);
        HealthGate nginx = new HealthGate.Command("nginx-runs", Duration.ofSeconds(5), List.of("systemctl"));
        Rollouts known = new Rollouts(servers, List.of(nginx), 0);
        HealthCheck check = new HealthCheck(known, page -> Optional.empty(), servers, servers, new InMemoryMachines());
        camel.getPropertiesComponent().addInitialProperty("patchway.claim-period", "10");
        camel.getPropertiesComponent().addInitialProperty("patchway.rollout.period", "10");
        camel.getPropertiesComponent().addInitialProperty("patchway.steps", "seda:steps?pollTimeout=20");
        camel.addRoutesConfigurations(new TroubleWithRuns(node, steps, new Outage("database")));
        camel.addRoutes(new ServerRunRoutes(node, steps, new Outage("database"), new Outage("wire")));
        camel.addRoutes(new RolloutRoutes(new RolloutSteps(rollouts, check, Duration.ofHours(1), clock)));
        PatchRequest request = request(rollout);
        ledger.accept(request, Stages.of(rollout, request.servers(), server -> List.of()), Optional.empty());
        camel.start();
        return request.id();
    }

    private PatchRequest request(Rollout rollout) {
        return new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "test",
                "tester",
                servers.ids(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                rollout,
                Instant.now());
    }

    private RequestReport ended(RequestId request) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ledger.report(request).orElseThrow().endedAt().isPresent());
        return ledger.report(request).orElseThrow();
    }

    private Standing standing(RequestId request, RolloutPhase phase) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> rollouts.standing(request).orElseThrow(), standing -> standing.phase() == phase);
    }

    private static Instant latestEnd(RequestReport report, int from, int to) {
        return report.runs().subList(from, to).stream()
                .map(run -> run.endedAt().orElseThrow())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static Instant earliestStart(RequestReport report, int from, int to) {
        return report.runs().subList(from, to).stream()
                .map(run -> run.startedAt().orElseThrow())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Rollout rollout(List<Share> waves, Optional<String> gate) {
        return new Rollout(
                Optional.empty(), Optional.empty(), Optional.empty(), waves, Duration.ZERO, gate, List.of(), false);
    }
}
