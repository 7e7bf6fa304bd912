package io.patchway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process and all its children cost.
 *
 * @param wall from start to end
 * @param cpu user and system time of the process and all children that it waited for, by GNU time
 * @param peakKib most memory of the whole tree at any sample, shared pages counted once (PSS)
 * @param output what it printed, standard error included
 */
record MeasuredProcess(Duration wall, Duration cpu, long peakKib, String output) {
    private static final long SAMPLE_MILLIS = 250;

    /** @throws IOException when the command fails or GNU time is not installed */
    static MeasuredProcess run(List<String> command, Map<String, String> environment, Path directory)
            throws IOException, InterruptedException {
        Path times = directory.resolve("times");
        Path output = directory.resolve("output");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", "%U %S", "-o", times.toString()));
        timed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(timed)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(directory.toFile());
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(
                    peak,
                    process.descendants().mapToLong(MeasuredProcess::pssKib).sum());
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - begin);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
        }
        return new MeasuredProcess(wall, cpu(times), peak, said);
    }

    private static Duration cpu(Path times) throws IOException {
        String[] seconds = Files.readString(times).strip().split(" ");
        return Duration.ofMillis(Math.round(1000 * (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]))));
    }

    private static long pssKib(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }
}
