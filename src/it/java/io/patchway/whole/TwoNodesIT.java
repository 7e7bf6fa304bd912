package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.faults.Survives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two nodes at work on the same hosts: on one PostgreSQL alone, and over a broker besides. */
class TwoNodesIT {
    private static final Duration PACE = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Map<String, String> SHORT_LEASE = Map.of("PATCHWAY_NODE_LEASE", "4s");
    private static final String REFUSED = "was taken over";

    private static PostgresServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer(@TempDir Path data) throws IOException {
        server = PostgresServer.start(data);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Survives(11)
    void theyShareTheWorkRefuseWhatAPausedOneDecidesTooLateAndLoseNothingWhenEitherDies() throws Exception {
        try (Drill drill = Drill.open(folder, server.createDatabase("seda"), 16, PACE)) {
            PatchwayProcess one = drill.node("one", SHORT_LEASE);
            PatchwayProcess two = drill.node("two", SHORT_LEASE);
            List<String> hosts = drill.fleet().names();
            openWindowSoon(drill, List.of(one, two), hosts.subList(12, 16));
            one.start();
            two.start();
            drill.request(one, hosts.subList(0, 6));
            await().atMost(LONG).until(() -> hasWorked(one) && hasWorked(two));

            drill.request(two, hosts.subList(6, 12));
            while (!one.output().contains(REFUSED) && !drill.isOver()) {
                pausePastItsLease(drill, one);
            }
            assertThat(one.output()).contains(REFUSED);

            two.kill();
            two.start();
            one.kill();
            drill.awaitVerdicts(LONG);
            assertNothingLost(drill);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Survives(11)
    void overABrokerThatLosesItsJournalAndWithANodeThatDiesNothingIsLost() throws Exception {
        try (Broker broker = Broker.start(folder.resolve("broker"));
                Drill drill = Drill.open(folder, server.createDatabase("broker"), 12, PACE)) {
            Map<String, String> wire = Map.of(
                    "PATCHWAY_STEPS", "jms:queue:patchway.steps",
                    "PATCHWAY_BROKER_URL", broker.url(),
                    "PATCHWAY_NODE_LEASE", "4s");
            PatchwayProcess one = drill.node("one", wire);
            PatchwayProcess two = drill.node("two", wire);
            one.start();
            two.start();
            drill.request(one, drill.fleet().names().subList(0, 6));
            await().atMost(LONG).until(() -> hasWorked(one) && hasWorked(two));

            drill.request(one, drill.fleet().names().subList(6, 12));
            broker.kill();
            await().atMost(LONG).until(() -> one.output().contains("The broker " + broker.url() + " is away"));
            broker.deleteJournal();
            broker.startAgain();
            await().atMost(LONG).until(() -> one.output().contains("The broker " + broker.url() + " is back"));
            two.kill();
            drill.awaitVerdicts(LONG);

            assertNothingLost(drill);
            assertThat(one.output()).doesNotContain("\tat ");
            assertThat(one.output().lines().filter(line -> line.contains("is away")))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Survives(45)
    void aNodeThatIsToldToStopHandsItsWorkOverAtOnce() throws Exception {
        Map<String, String> longLease = Map.of("PATCHWAY_NODE_LEASE", "10m");
        try (Drill drill = Drill.open(folder, server.createDatabase("drain"), 6, PACE)) {
            PatchwayProcess one = drill.node("one", longLease);
            PatchwayProcess two = drill.node("two", longLease);
            one.start();
            drill.request(one, drill.fleet().names());
            await().atMost(LONG).until(() -> drill.fleet().installs().size() >= 6);

            one.stop();
            assertThat(one.output()).contains("one claims nothing any more");
            assertThat(drill.claimsOf("one")).isZero();
            two.start();
            drill.awaitVerdicts(LONG);

            assertNothingLost(drill);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Survives(9)
    void aDatabaseThatIsRestartedInTheMiddleOfARunLosesNothing() throws Exception {
        try (PostgresServer own = PostgresServer.start(folder.resolve("postgres"));
                Drill drill = Drill.open(folder, own.createDatabase("patchway"), 6, PACE)) {
            PatchwayProcess node = drill.node("one", Map.of()).start();
            drill.request(node, drill.fleet().names());
            await().atMost(LONG).until(() -> drill.fleet().installs().size() >= 3);

            own.stop();
            await().atMost(LONG).until(() -> node.output().contains("The database is away"));
            own.startAgain();
            drill.awaitVerdicts(LONG);

            assertNothingLost(drill);
            assertThat(node.output()).contains("The database is back").doesNotContain("\tat ");
            assertThat(node.output().lines().filter(line -> line.contains("ERROR")))
                    .allMatch(line -> line.contains("The database is away"))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    /** Steps that a node has in hand come and go; only while it has one can it be too late with it. */
    private static void pausePastItsLease(Drill drill, PatchwayProcess node) throws IOException, SQLException {
        node.pause();
        if (drill.claimsOf("one") > 0) {
            await().atMost(LONG).until(() -> drill.claimsOf("one") == 0);
        }
        node.resume();
        // Time to find out, or to take up another step.
        for (int look = 0; look < 100 && !node.output().contains(REFUSED) && drill.claimsOf("one") == 0; look++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /**
     * It is known already, so that it opens however long the nodes take to start: nobody misses what was seen before.
     */
    private static void openWindowSoon(Drill drill, List<PatchwayProcess> nodes, List<String> hosts)
            throws IOException {
        LocalDateTime opens = LocalDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        for (PatchwayProcess node : nodes) {
            Files.writeString(node.file("config/windows/soon.yaml"), """
                name: soon
                enabled: true
                schedule: at(%s:00)
                timezone: UTC
                duration: 3
                cutoff: 1
                missed: run-late
                targets: {servers: %s}
                operation: install
                notify: [ops@example.com]
                """.formatted(opens, hosts));
        }
        drill.knowsWindow("soon");
        drill.expectRequest();
    }

    private static boolean hasWorked(PatchwayProcess node) {
        return node.output().contains("INSTALLING");
    }

    private static void assertNothingLost(Drill drill) {
        DrillOutcome outcome = drill.outcome();
        System.out.println(outcome.text());
        assertThat(outcome.losses()).as(outcome.text()).isEmpty();
    }
}
