package io.patchway.bench;

import static org.awaitility.Awaitility.await;

import io.patchway.baseline.Baselines;
import io.patchway.baseline.EverythingApproved;
import io.patchway.rollout.Rollout;
import io.patchway.routes.Outage;
import io.patchway.routes.RolloutRoutes;
import io.patchway.routes.ServerRunRoutes;
import io.patchway.routes.TroubleWithRuns;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.NodeSettings;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.Rollouts;
import io.patchway.run.RunNode;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.machine.Machines;
import io.patchway.run.step.HealthCheck;
import io.patchway.run.step.RolloutSteps;
import io.patchway.run.step.Steps;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Takes one request through the whole engine (ledger, routes, baseline; the servers are simulated in memory): 10,000
 * servers, each scanned, patched, rebooted and verified; and 1,000 servers that wait for a reboot of 30 to 90 seconds.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.FleetBenchmark}
 * measures everything on H2 and on PostgreSQL; each part in a process of its own with a heap of 512 MB.
 */
public final class FleetBenchmark {
    private static final int MEBI = 1 << 20;
    private static final RunPolicy POLICY = RunPolicy.standard();

    private final Path folder;
    private final Database database;
    private final SimulatedFleet fleet;
    private final SqlRunLedger ledger;
    private final RequestDesk desk;
    private final CamelContext camel = new DefaultCamelContext();

    private FleetBenchmark(Path folder, String url, SimulatedFleet fleet) throws Exception {
        Clock clock = Clock.systemUTC();
        this.folder = folder;
        this.fleet = fleet;
        this.database = Database.open(DatabaseSettings.at(url));
        this.ledger = new SqlRunLedger(database, "patch.example.org");
        Baselines baselines = new EverythingApproved();
        Rollouts rollouts = new Rollouts(fleet, List.of(), 0);
        this.desk = new RequestDesk(
                fleet, baselines, List::of, rollouts, ledger, new AdmissionLimit(AdmissionLimit.DEFAULT), clock);
        Steps steps =
                new Steps(fleet, baselines, (key, found) -> found, List::of, List::of, fleet, ledger, POLICY, clock);
        RunNode node = new RunNode(
                new NodeSettings("node-1", 32, Duration.ofMinutes(1), false), ledger, POLICY, (run, next) -> {}, clock);
        HealthCheck check = new HealthCheck(rollouts, page -> Optional.empty(), fleet, fleet, Machines.NONE.states());
        camel.getPropertiesComponent()
                .addInitialProperty("patchway.steps", "seda:steps?concurrentConsumers=32&pollTimeout=200");
        camel.addRoutesConfigurations(new TroubleWithRuns(node, steps, new Outage("database")));
        camel.addRoutes(new ServerRunRoutes(node, steps, new Outage("database"), new Outage("wire")));
        camel.addRoutes(new RolloutRoutes(
                new RolloutSteps(new SqlRolloutLedger(database, "node-1"), check, Duration.ofDays(3), clock)));
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            measure(arguments[0], arguments[1]);
            return;
        }
        System.out.printf("%d cores%n", Runtime.getRuntime().availableProcessors());
        for (String database : List.of("h2", "postgresql")) {
            for (String what : List.of("loops", "reboots")) {
                inAProcessOfItsOwn(what, database);
            }
        }
    }

    private static void inAProcessOfItsOwn(String what, String database) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dcamel.threads.virtual.enabled=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetBenchmark.class.getName(),
                        what,
                        database)
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(what + " on " + database + " was not measured");
        }
    }

    private static void measure(String what, String database) throws Exception {
        Path folder = Files.createTempDirectory("fleet-benchmark");
        if (database.equals("h2")) {
            measure(what, "H2", folder, "jdbc:h2:file:" + folder.resolve("patchway"), () -> size(folder));
            return;
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            measure(what, "PostgreSQL", folder, url, () -> size(server));
        }
    }

    private static void measure(String what, String name, Path folder, String url, Supplier<Long> size)
            throws Exception {
        boolean loops = what.equals("loops");
        SimulatedFleet fleet = loops
                ? new SimulatedFleet(10_000, () -> Duration.ZERO)
                : new SimulatedFleet(
                        1_000,
                        () -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(30_000, 90_000)));
        FleetBenchmark benchmark = new FleetBenchmark(folder, url, fleet);
        System.out.printf(
                "%n%s on %s, %,d simulated servers%n", what, name, fleet.all().size());
        benchmark.run(loops, size);
    }

    private void run(boolean loops, Supplier<Long> size) throws Exception {
        long sizeBefore = size.get();
        AtomicInteger mostThreads = new AtomicInteger();
        AtomicInteger mostAway = new AtomicInteger();
        camel.start();
        long start = System.nanoTime();
        RequestId request = accept();
        System.out.printf("  answered in %,d ms%n", millisSince(start));
        await().atMost(Duration.ofMinutes(10))
                // To ask costs something, too: it reads all the runs.
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    mostThreads.accumulateAndGet(
                            ManagementFactory.getThreadMXBean().getThreadCount(), Math::max);
                    mostAway.accumulateAndGet((int) fleet.away(), Math::max);
                    return ledger.report(request, 0).orElseThrow().endedAt().isPresent();
                });
        long took = millisSince(start);
        RequestReport report = ledger.report(request, 0).orElseThrow();
        long well = report.runs().stream()
                .map(RunReport::state)
                .filter(RunState.SUCCEEDED::equals)
                .count();
        System.out.printf("  %,d succeeded, %d were told anything twice%n", well, fleet.doubles());
        System.out.printf("  %,.1f s, %,.0f server loops per second%n", took / 1000.0, well * 1000.0 / took);
        System.out.printf("  peak memory of the process %,d MiB%n", peakMemory());
        System.out.printf("  database %,d MiB%n", (size.get() - sizeBefore) / MEBI);
        if (!loops) {
            long[] lags = fleet.lags();
            System.out.printf(
                    "  at most %,d away at once, at most %d platform threads%n", mostAway.get(), mostThreads.get());
            System.out.printf(
                    "  noticed after: p50 %,d ms, p99 %,d ms, at most %,d ms%n",
                    lags[lags.length / 2],
                    lags[lags.length * 99 / 100],
                    Arrays.stream(lags).max().orElseThrow());
        }
        camel.stop();
        database.close();
        delete(folder);
    }

    private RequestId accept() throws RefusedRequestException {
        RequestForm form = new RequestForm(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                5,
                fleet.all().stream().map(server -> server.id().value()).toList(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.of(Rollout.ALL_AT_ONCE));
        return desk.accept(form, new Origin("benchmark", "benchmark", Optional.empty(), Optional.empty()))
                .request()
                .orElseThrow();
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** The high-water mark that the kernel keeps; the memory of a PostgreSQL server is not in it. */
    private static long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long size(EmbeddedPostgres server) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                ResultSet row =
                        connection.createStatement().executeQuery("select pg_database_size(current_database())")) {
            row.next();
            return row.getLong(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
