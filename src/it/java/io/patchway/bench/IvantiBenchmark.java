package io.patchway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.rehearsal.PlainFleet;
import io.patchway.whole.PatchwayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What scans through the API of Security Controls cost: one of 500 simulated hosts behind real SSH, by a whole Patchway
 * in a process of its own; and a list of 10,000 scans that is paged through from its first page to its last.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.IvantiBenchmark}
 */
public final class IvantiBenchmark {
    private static final int HOSTS = 500;
    private static final int SCANS = 10_000;
    private static final int PAGE = 100;
    private static final int PASSES = 10;
    private static final String HEAP = "-Xmx512m";
    private static final String BASE = "/st/console/api/v1.0/";
    private static final String SECURITY = "4c7069eb-6e1c-4352-91fc-04d4d8abc07b";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the kernel counts CPU time in, per second. */
    private static final double TICKS = 100.0;

    private final PatchwayProcess patchway;
    private final URI base;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    private IvantiBenchmark(PatchwayProcess patchway) throws IOException {
        this.patchway = patchway;
        this.base = patchway.address().resolve(BASE);
        this.token = Files.readString(patchway.file("var/secrets/api-token")).strip();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("patchway-ivanti");
        List<String> names =
                IntStream.range(0, HOSTS).mapToObj("host-%03d"::formatted).toList();
        try (PlainFleet fleet = PlainFleet.start(folder.resolve("fleet"), names);
                PatchwayProcess patchway = new PatchwayProcess(
                        Files.createDirectories(folder.resolve("patchway")),
                        Map.of("PATCHWAY_REHEARSAL", "false", "JAVA_TOOL_OPTIONS", HEAP))) {
            Files.writeString(patchway.file("config/servers.yaml"), fleet.serversFile());
            IvantiBenchmark benchmark = new IvantiBenchmark(patchway.start());
            print("%d cores, heap %s", Runtime.getRuntime().availableProcessors(), HEAP);
            benchmark.scan("first scan, nothing is warm yet");
            benchmark.scan("second scan");
            benchmark.page();
        }
    }

    private void scan(String name) throws Exception {
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        JsonNode started = start(name, "\"machineGroupIds\": [1]");
        double answered = secondsSince(begin);
        String id = started.path("id").asText();
        while (status(id).equals("Running")) {
            Thread.sleep(100);
        }
        double took = secondsSince(begin);
        double used = cpuSeconds() - cpu;
        begin = System.nanoTime();
        JsonNode machines = get("patch/scans/" + id + "/machines");
        double read = secondsSince(begin);
        long well = 0;
        for (JsonNode machine : machines.path("value")) {
            well += machine.path("errorNumber").asInt() == 0
                            && machine.path("missingPatchCount").asInt() > 0
                    ? 1
                    : 0;
        }
        print(
                "%s of %d hosts: %d with a result; answered in %.0f ms, done in %.1f s, %.1f ms of CPU per host,"
                        + " machines read in %.0f ms, peak memory %d MiB",
                name, HOSTS, well, answered * 1000, took, used * 1000 / HOSTS, read * 1000, memory());
    }

    /** Each scan is one of a single host, with a run, a result and its packages. */
    private void page() throws Exception {
        long begin = System.nanoTime();
        int known = 2;
        List<String> running = new ArrayList<>();
        for (int i = known; i < SCANS; i++) {
            running.add(start("scan " + i, "\"endpointNames\": [\"host-%03d\"]".formatted(i % HOSTS))
                    .path("id")
                    .asText());
            if (running.size() == HOSTS) {
                awaitEnd(running);
            }
        }
        awaitEnd(running);
        print("%,d scans of one host each in %.0f s", SCANS - known, secondsSince(begin));
        List<List<Double>> times = new ArrayList<>();
        for (int pass = 0; pass <= PASSES; pass++) {
            List<Double> pages = new ArrayList<>();
            String next = "patch/scans?count=" + PAGE;
            int rows = 0;
            while (!next.isEmpty()) {
                begin = System.nanoTime();
                JsonNode page = get(next);
                pages.add(secondsSince(begin) * 1000);
                rows += page.path("count").asInt();
                next = page.path("links").path("next").path("href").asText();
            }
            if (rows != SCANS) {
                throw new IllegalStateException("paged through " + rows + " scans instead of " + SCANS);
            }
            if (pass > 0) {
                times.add(pages);
            }
        }
        int pages = times.get(0).size();
        for (int part = 0; part < 5; part++) {
            int from = pages * part / 5;
            int to = pages * (part + 1) / 5;
            double[] sorted = times.stream()
                    .flatMap(pass -> pass.subList(from, to).stream())
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            print(
                    "pages %d to %d of %d: median %.1f ms, p99 %.1f ms",
                    from + 1, to, pages, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
        }
    }

    private String status(String scan) throws Exception {
        return get("operations/" + scan).path("status").asText();
    }

    /** Forgets them when all have ended: no host has a second scan to wait for. */
    private void awaitEnd(List<String> running) throws Exception {
        for (String scan : running) {
            String status = status(scan);
            while (status.equals("Running")) {
                Thread.sleep(100);
                status = status(scan);
            }
            if (!status.equals("Succeeded")) {
                throw new IllegalStateException("scan " + scan + " ended as " + status);
            }
        }
        running.clear();
    }

    private JsonNode start(String name, String targets) throws Exception {
        String body = "{\"name\": \"%s\", \"templateId\": \"%s\", %s}".formatted(name, SECURITY, targets);
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(base.resolve("patch/scans")).POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(
                send(HttpRequest.newBuilder(base.resolve(path)).GET()).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }

    /** User and system time of the Patchway process so far. */
    private double cpuSeconds() throws IOException {
        String line = Files.readString(Path.of("/proc", String.valueOf(patchway.pid()), "stat"));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    private long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(patchway.pid()), "status")).stream()
                        .filter(text -> text.startsWith("VmHWM:"))
                        .map(text -> text.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
