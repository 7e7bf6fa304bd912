package io.patchway.bench;

import io.patchway.baseline.Evaluation;
import io.patchway.patch.PackageKey;
import io.patchway.rollout.Rollout;
import io.patchway.run.History;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchRequest;
import io.patchway.run.Pruner;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RetentionRule;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlArchive;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlRunLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a long history costs: how long the commit of a scan and each list take with an almost empty history and with a
 * million recorded patches, and how fast these are recorded and pruned; on H2 in a file and on PostgreSQL.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.HistoryBenchmark}
 */
public final class HistoryBenchmark {
    private static final int SERVERS = 1_000;
    private static final int PATCHES = 50;
    private static final int REQUESTS = 20;
    private static final int SAMPLES = 200;
    private static final Instant START = Instant.parse("2026-01-04T02:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final String name;
    private final SqlRunLedger ledger;
    private final SqlArchive archive;
    private final History history;
    private final List<PatchChange> changes =
            IntStream.range(0, PATCHES).mapToObj(HistoryBenchmark::change).toList();

    private HistoryBenchmark(String name, Database database) {
        this.name = name;
        this.ledger = new SqlRunLedger(database, "patch.example.org");
        this.archive = new SqlArchive(database, "bench");
        this.history = new SqlHistory(database);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("patchway-history");
        try (Database database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")))) {
            new HistoryBenchmark("H2", database).run();
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Database database = Database.open(DatabaseSettings.at(server.getJdbcUrl("postgres", "postgres")))) {
            new HistoryBenchmark("PostgreSQL", database).run();
        }
    }

    private void run() {
        patch(0, 100);
        patch(1, 100);
        measure("history of 200 runs");
        long begin = System.nanoTime();
        for (int request = 2; request < REQUESTS + 2; request++) {
            patch(request, SERVERS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        print("recorded %,d patches of %,d runs in %.1f s", SERVERS * PATCHES * REQUESTS, SERVERS * REQUESTS, seconds);
        measure("history of a million patches");
        begin = System.nanoTime();
        Clock later = Clock.fixed(START.plus(Duration.ofDays(1000)), ZoneOffset.UTC);
        new Pruner(archive, new RetentionRule(Duration.ofDays(90), Duration.ofDays(730), Optional.empty()), later)
                .prune();
        print("pruned everything but the newest scans in %.1f s", (System.nanoTime() - begin) / 1e9);
    }

    /** Commits and lists, each many times; the first ones warm up and are not counted. */
    private void measure(String when) {
        PatchRequest request = request(99, SAMPLES * 2);
        ledger.accept(request, Optional.empty());
        List<Claim> claims = ledger.claimDue("bench", SAMPLES * 2, LEASE, request.acceptedAt());
        report(
                when,
                "commit of a scan with " + PATCHES + " patches",
                IntStream.range(0, SAMPLES * 2)
                        .mapToObj(number -> timed(() -> end(claims.get(number), request.acceptedAt()))));
        report(when, "list of 100 requests", times(() -> history.requests(Optional.empty(), 100)));
        report(when, "page of 100 runs of a request", times(() -> history.runs(request.id(), Optional.empty(), 100)));
        ServerId server = new ServerId("server-7");
        report(when, "page of 10 runs of a server", times(() -> history.runs(server, Optional.empty(), 10)));
    }

    private static Stream<Double> times(Runnable work) {
        return IntStream.range(0, SAMPLES * 2).mapToObj(number -> timed(work));
    }

    private static double timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private void report(String when, String what, Stream<Double> milliseconds) {
        double[] sorted = milliseconds
                .skip(SAMPLES)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        print(
                "%s: %s: median %.1f ms, 99 of 100 within %.1f ms",
                when, what, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
    }

    private void patch(int day, int servers) {
        PatchRequest request = request(day, servers);
        ledger.accept(request, Optional.empty());
        for (Claim claim : ledger.claimDue("bench", servers, LEASE, request.acceptedAt())) {
            end(claim, request.acceptedAt());
        }
    }

    private void end(Claim claim, Instant at) {
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(
                claim,
                Transition.to(RunState.SUCCEEDED, run, run.memory(), at, "nothing approved is missing")
                        .recording(changes)
                        .keeping(scan(run.server(), at)),
                at);
    }

    private static PatchRequest request(int day, int servers) {
        return new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "benchmark",
                "benchmark",
                IntStream.range(0, servers)
                        .mapToObj(number -> new ServerId("server-" + number))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                START.plus(Duration.ofDays(day)));
    }

    private static PatchChange change(int number) {
        return new PatchChange(
                1,
                new PackageKey("package-" + number, "x86_64"),
                Optional.of("1." + number + "-1.el9"),
                "1." + number + "-2.el9",
                PatchChange.Outcome.INSTALLED,
                "Security",
                "Important",
                List.of("RLSA-2026:" + number),
                List.of("CVE-2026-" + (1000 + number)),
                "");
    }

    private static ScanRecord scan(ServerId server, Instant at) {
        HostFacts facts = new HostFacts(
                server.value(),
                "rocky",
                "9.4",
                "Rocky Linux 9.4",
                "x86_64",
                "5.14.0",
                "0f1e2d3c",
                Duration.ofHours(1),
                "dnf 4.14.0");
        ScanResult result = new ScanResult(
                at, PatchFamily.YUM, facts, List.of(), List.of(), Set.of(), List.of(), Optional.of(Duration.ZERO));
        return new ScanRecord(result, "production", Optional.empty(), new Evaluation(List.of(), List.of()));
    }

    private void print(String line, Object... values) {
        System.out.println(name + ": " + String.format(Locale.ROOT, line, values));
    }
}
