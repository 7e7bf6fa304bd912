package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs scripts on this very machine, as child processes. */
public final class LocalConnection implements Connection {
    private static final int SIGNAL = 128;

    private final ConnectionLimits limits;

    public LocalConnection() {
        this(ConnectionLimits.DEFAULT);
    }

    public LocalConnection(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** At the deadline the script is killed with all its children. */
    @Override
    public ScriptOutput run(Server server, Script script, List<String> arguments, Duration deadline) {
        byte[] feed = ScriptFeed.of(script, arguments);
        boolean sudo = script.needsRoot() && !"root".equals(System.getProperty("user.name"));
        Process process = start(server, sudo ? List.of("sudo", "-n", "sh", "-s") : List.of("sh", "-s"));
        try {
            ScriptOutput output = await(server, script, process, feed, deadline);
            RefusedShell.in(output, sudo).ifPresent(refused -> {
                throw notPermitted(server, refused.words());
            });
            return output;
        } finally {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static Process start(Server server, List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw notPermitted(server, e.getMessage());
        }
    }

    private ScriptOutput await(Server server, Script script, Process process, byte[] feed, Duration deadline) {
        CappedOutput stdout = new CappedOutput(limits.stdoutBytes());
        CappedOutput stderr = new CappedOutput(limits.stderrBytes());
        CountDownLatch streams = new CountDownLatch(3);
        inBackground(streams, () -> read(process.getInputStream(), stdout));
        inBackground(streams, () -> read(process.getErrorStream(), stderr));
        inBackground(streams, () -> write(process.getOutputStream(), feed));
        Deadline end = Deadline.in(deadline);
        try {
            if (!streams.await(end.left().toNanos(), TimeUnit.NANOSECONDS)
                    || !process.waitFor(end.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw unreachable(
                        server, script.name() + " did not end within " + Faults.seconds(deadline) + " and was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(server, script.name() + " was told to stop");
        }
        return new ScriptOutput(
                exitCode(process), stdout.text(), stderr.text(), stdout.truncated() || stderr.truncated());
    }

    private static void inBackground(CountDownLatch done, IoWork work) {
        Thread.ofVirtual().name("local-script").start(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // A stream that breaks says that the process has ended, and its exit code says how.
            } finally {
                done.countDown();
            }
        });
    }

    private static void read(InputStream stream, CappedOutput output) throws IOException {
        byte[] chunk = new byte[32 << 10];
        for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
            output.add(chunk, 0, length);
        }
    }

    private static void write(OutputStream stream, byte[] feed) throws IOException {
        try (stream) {
            stream.write(feed);
        }
    }

    /** Java tells the death of the shell by a signal as 128 and the signal's number; no script of ours ends so. */
    private static OptionalInt exitCode(Process process) {
        int exit = process.exitValue();
        return exit > SIGNAL ? OptionalInt.empty() : OptionalInt.of(exit);
    }

    private static ServerFault unreachable(Server server, String reason) {
        return new ServerFault(Kind.UNREACHABLE, server.name() + " (this machine): " + reason);
    }

    private static ServerFault notPermitted(Server server, String words) {
        return new ServerFault(
                Kind.NOT_PERMITTED,
                server.name() + " (this machine): the script may not run as root: " + words
                        + ". Run Patchway as root, or allow its account sudo without a password.");
    }

    private interface IoWork {
        void run() throws IOException;
    }
}
