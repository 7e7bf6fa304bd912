package io.patchway.connection;

import io.patchway.run.OperationId;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.CommandEnding.Kind;
import io.patchway.run.machine.CommandRunner;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands as child processes, without a shell and without input. */
public final class LocalCommandRunner implements CommandRunner {
    /** Where a command finds what it belongs to. */
    public static final String OPERATION = "PATCHWAY_OPERATION";

    private static final int LONGEST_OUTPUT = 64 << 10;
    /** What a command prints at its very end may need a moment to be read. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int KILLED = 137;

    /** What a command leaves running, such as a virtual machine, goes on; at the deadline all of it is killed. */
    @Override
    public CommandEnding run(List<String> words, OperationId operation, Duration deadline) {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().put(OPERATION, operation.value());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new CommandEnding(Kind.NOT_STARTED, 0, String.valueOf(e.getMessage()));
        }
        CappedOutput output = new CappedOutput(LONGEST_OUTPUT);
        Thread reader = Thread.ofVirtual().name("command-output").start(() -> read(process.getInputStream(), output));
        try {
            if (process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                reader.join(LAST_WORDS);
                return new CommandEnding(Kind.ENDED, process.exitValue(), output.text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        return new CommandEnding(Kind.TIMED_OUT, KILLED, output.text());
    }

    /** Reads to the end, also what is not kept: who prints more must not have to wait. */
    private static void read(InputStream stream, CappedOutput output) {
        byte[] chunk = new byte[8 << 10];
        try (stream) {
            for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                output.add(chunk, 0, length);
            }
        } catch (IOException ended) {
            // The process has ended, and its exit status says how.
        }
    }
}
