package io.patchway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.bench.SignedConnection.Key;
import io.patchway.whole.PatchwayProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many signed calls of AWS Systems Manager a whole Patchway answers in a second, and how long each takes, with the
 * client on the same machine; and its memory after 100,000 of them. On H2 in a file and on PostgreSQL.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.SsmBenchmark}
 */
public final class SsmBenchmark {
    private static final int[] CONNECTIONS = {1, 8, 64};
    private static final int CALLS = 10_000;
    private static final int ALL_CALLS = 100_000;
    private static final String HEAP = "-Xmx512m";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PatchwayProcess patchway;
    private final int port;
    private final Key key;
    private int made;

    private SsmBenchmark(PatchwayProcess patchway) throws Exception {
        this.patchway = patchway;
        this.port = patchway.address().getPort();
        this.key = issueKey(
                patchway.address(),
                Files.readString(patchway.file("var/secrets/api-token")).strip());
    }

    public static void main(String[] arguments) throws Exception {
        measure("H2", Map.of());
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            measure("PostgreSQL", Map.of("PATCHWAY_DATABASE_URL", server.getJdbcUrl("postgres", "postgres")));
        }
    }

    private static void measure(String name, Map<String, String> database) throws Exception {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("JAVA_TOOL_OPTIONS", HEAP);
        Path folder = Files.createTempDirectory("patchway-ssm");
        try (PatchwayProcess patchway = new PatchwayProcess(folder, settings).start()) {
            print("%s, heap %s", name, HEAP);
            new SsmBenchmark(patchway).run();
        }
    }

    private void run() throws Exception {
        List<String> baselines = new ArrayList<>();
        String node;
        try (SignedConnection connection = new SignedConnection(port, key)) {
            for (int i = 0; i < CONNECTIONS[CONNECTIONS.length - 1]; i++) {
                baselines.add(JSON.readTree(connection.call("CreatePatchBaseline", baseline("")))
                        .path("BaselineId")
                        .asText());
            }
            node = scannedNode(connection);
            print("pages of %,d patches", patches(connection, node));
        }
        Call update = (connection, thread, number) -> connection.call(
                "UpdatePatchBaseline",
                baseline(
                        "\"BaselineId\":\"" + baselines.get(thread) + "\",\"Description\":\"change " + number + "\","));
        Call describe = (connection, thread, number) ->
                connection.call("DescribeInstancePatches", "{\"InstanceId\":\"" + node + "\",\"MaxResults\":50}");
        print("warming up");
        measure("warm-up, UpdatePatchBaseline", 8, update);
        measure("warm-up, DescribeInstancePatches", 8, describe);
        for (int connections : CONNECTIONS) {
            measure("UpdatePatchBaseline", connections, update);
            measure("DescribeInstancePatches", connections, describe);
        }
        while (made < ALL_CALLS) {
            measure("UpdatePatchBaseline", 8, update);
        }
        print("after %,d calls: %,d MiB resident, at most %,d MiB", made, memory("VmRSS"), memory("VmHWM"));
    }

    /** A call of one client. */
    private interface Call {
        String make(SignedConnection connection, int thread, int number) throws Exception;
    }

    private void measure(String what, int connections, Call call) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime();
        List<long[]> times = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> results = new ArrayList<>();
            for (int thread = 0; thread < connections; thread++) {
                int own = thread;
                results.add(clients.submit(() -> calls(call, own, next)));
            }
            for (Future<long[]> result : results) {
                times.add(result.get());
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        made += CALLS;
        long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        print(
                "%s, %d connections: %,.0f a second, p50 %.2f ms, p99 %.2f ms",
                what, connections, CALLS / seconds, at(sorted, 50), at(sorted, 99));
    }

    private long[] calls(Call call, int thread, AtomicInteger next) throws Exception {
        List<Long> times = new ArrayList<>();
        try (SignedConnection connection = new SignedConnection(port, key)) {
            for (int number = next.getAndIncrement(); number < CALLS; number = next.getAndIncrement()) {
                long begin = System.nanoTime();
                call.make(connection, thread, number);
                times.add(System.nanoTime() - begin);
            }
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private static double at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    /** A baseline as the published example has it, with a rule of two filters. */
    private static String baseline(String members) {
        return "{" + members + "\"Name\":\"production-windows\",\"ApprovalRules\":{\"PatchRules\":[{"
                + "\"PatchFilterGroup\":{\"PatchFilters\":[{\"Key\":\"MSRC_SEVERITY\",\"Values\":[\"Critical\","
                + "\"Important\"]},{\"Key\":\"CLASSIFICATION\",\"Values\":[\"SecurityUpdates\",\"Updates\","
                + "\"UpdateRollups\",\"CriticalUpdates\"]}]},\"ApproveAfterDays\":3}]}}";
    }

    /** The machine that this runs on, once it has been scanned. */
    private static String scannedNode(SignedConnection connection) throws Exception {
        for (int attempt = 0; attempt < 600; attempt++) {
            JsonNode nodes = JSON.readTree(connection.call("DescribeInstanceInformation", "{}"));
            for (JsonNode node : nodes.path("InstanceInformationList")) {
                String id = node.path("InstanceId").asText();
                if (node.path("Name").asText().equals("This machine") && patches(connection, id) > 0) {
                    return id;
                }
            }
            Thread.sleep(200);
        }
        throw new IOException("this machine was not scanned");
    }

    private static int patches(SignedConnection connection, String node) throws Exception {
        return JSON.readTree(connection.call("DescribeInstancePatches", "{\"InstanceId\":\"" + node + "\"}"))
                .path("Patches")
                .size();
    }

    private static Key issueKey(URI address, String token) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/access-keys"))
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.ofString("{\"account\":\"bench\",\"role\":\"administrator\"}"))
                    .build();
            JsonNode issued =
                    JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
            return new Key(issued.path("id").asText(), issued.path("secret").asText());
        }
    }

    private long memory(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(patchway.pid()), "status")).stream()
                        .filter(text -> text.startsWith(line + ":"))
                        .map(text -> text.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
