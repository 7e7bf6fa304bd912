package io.patchway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.clc.ClcCaller;
import io.patchway.whole.PatchwayProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What CenturyLink Cloud's API costs a whole Patchway, with the client on the same machine: one Execute Package call
 * for 10,000 servers, and 500 pollers who each ask for the status of a server of their own, first five times a second,
 * then as often as they get an answer. On H2 in a file and on PostgreSQL.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.ClcBenchmark}
 */
public final class ClcBenchmark {
    private static final int SERVERS = 10_000;
    private static final int POLLERS = 500;
    private static final long PERIOD_NANOS = 200_000_000;
    private static final long SPAN_NANOS = 15_000_000_000L;
    private static final String HEAP = "-Xmx512m";

    private final PatchwayProcess patchway;
    private final ClcCaller caller;

    private ClcBenchmark(PatchwayProcess patchway, ClcCaller caller) {
        this.patchway = patchway;
        this.caller = caller;
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
        settings.put("PATCHWAY_REHEARSAL", "false");
        Path folder = Files.createTempDirectory("patchway-clc");
        try (PatchwayProcess patchway = new PatchwayProcess(folder, settings)) {
            Files.writeString(patchway.file("config/servers.yaml"), serversFile());
            patchway.start();
            print("%s, heap %s", name, HEAP);
            try (ClcCaller caller = ClcCaller.signUp(patchway)) {
                new ClcBenchmark(patchway, caller).run();
            }
        }
    }

    /** Nobody answers at these addresses: only accepting and asking is measured, not patching. */
    private static String serversFile() {
        return IntStream.range(0, SERVERS).mapToObj("""
              - id: measured-%05d
                connection: {type: ssh, host: 127.0.0.1, port: 9, user: root, privateKey: none, knownHosts: none}
            """::formatted).collect(Collectors.joining("", "servers:\n", ""));
    }

    private void run() throws Exception {
        execute("warm-up", 1);
        print("%,d MiB resident before", memory("VmRSS"));
        List<String> paths = execute("one call", 10_000 - 1);
        print("%,d MiB resident after, at most %,d MiB", memory("VmRSS"), memory("VmHWM"));
        poll("warm-up, ", paths, 0);
        poll("five a second each: ", paths, PERIOD_NANOS);
        poll("without a pause: ", paths, 0);
        print("%,d MiB resident, at most %,d MiB", memory("VmRSS"), memory("VmHWM"));
    }

    /** The paths of the statuses. */
    private List<String> execute(String what, int servers) throws Exception {
        String names = IntStream.range(SERVERS - servers, SERVERS)
                .mapToObj("\"MEASURED-%05d\""::formatted)
                .collect(Collectors.joining(","));
        if (servers == 1) {
            names = "\"MEASURED-00000\"";
        }
        String body = "{\"servers\":[" + names
                + "],\"package\":{\"packageId\":\"c3c6642e-24e1-4c37-b56a-1cf1476ee360\",\"parameters\":null}}";
        Duration before = work();
        long begin = System.nanoTime();
        JsonNode entities = caller.post("/v2/operations/PWAY/servers/executePackage", body);
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<String> paths = new ArrayList<>();
        entities.forEach(entity ->
                entity.path("links").forEach(link -> paths.add(link.path("href").asText())));
        if (paths.size() != servers) {
            throw new IOException(paths.size() + " of " + servers + " servers were queued: "
                    + entities.toString()
                            .substring(0, Math.min(300, entities.toString().length())));
        }
        print(
                "executePackage, %s: %,d servers queued and answered in %.2f s, %.2f s of processor time",
                what, servers, seconds, work().minus(before).toMillis() / 1e3);
        return paths;
    }

    /** @param period from one question of a poller to its next; 0: at once */
    private void poll(String what, List<String> paths, long period) throws Exception {
        Duration before = work();
        long begin = System.nanoTime();
        AtomicInteger asked = new AtomicInteger();
        List<long[]> times = new ArrayList<>();
        try (ExecutorService pollers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> results = new ArrayList<>();
            for (int poller = 0; poller < POLLERS; poller++) {
                String path = paths.get(poller * (paths.size() / POLLERS));
                long first = begin + period * poller / POLLERS;
                results.add(pollers.submit(() -> poll(path, first, period, begin + SPAN_NANOS, asked)));
            }
            for (Future<long[]> result : results) {
                times.add(result.get());
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        print(
                "status, %d pollers, %s%,.0f a second, p50 %.2f ms, p99 %.2f ms, %.3f ms of processor time each",
                POLLERS,
                what,
                asked.get() / seconds,
                at(sorted, 50),
                at(sorted, 99),
                work().minus(before).toNanos() / 1e6 / asked.get());
    }

    private long[] poll(String path, long first, long period, long end, AtomicInteger asked) throws Exception {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + caller.token()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        List<Long> times = new ArrayList<>();
        try (Socket socket = new Socket("127.0.0.1", patchway.address().getPort())) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream());
            for (long due = first; due < end; due = period == 0 ? System.nanoTime() : due + period) {
                long pause = due - System.nanoTime();
                if (pause > 0) {
                    Thread.sleep(pause / 1_000_000, (int) (pause % 1_000_000));
                }
                long begin = System.nanoTime();
                socket.getOutputStream().write(request);
                readAnswer(answers);
                times.add(System.nanoTime() - begin);
                asked.incrementAndGet();
            }
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    /** Reads an answer to its end; it must be 200 with a body of a given length. */
    private static void readAnswer(InputStream answers) throws IOException {
        String status = line(answers);
        int length = -1;
        for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        if (!status.startsWith("HTTP/1.1 200") || length < 0 || answers.readNBytes(length).length != length) {
            throw new IOException("unexpected answer: " + status);
        }
    }

    private static String line(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = stream.read(); next != '\n'; next = stream.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static double at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    /** The processor time that Patchway has used so far; what else runs on the machine does not count. */
    private Duration work() {
        return ProcessHandle.of(patchway.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
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
