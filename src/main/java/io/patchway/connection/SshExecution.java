package io.patchway.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoReadFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** One script on one session. No thread waits in here but the caller's. */
final class SshExecution {
    private static final int CHUNK = 32 << 10;

    private final ChannelExec channel;
    private final CappedOutput stdout;
    private final CappedOutput stderr;

    private SshExecution(ChannelExec channel, ConnectionLimits limits) {
        this.channel = channel;
        this.stdout = new CappedOutput(limits.stdoutBytes());
        this.stderr = new CappedOutput(limits.stderrBytes());
    }

    /**
     * Starts a shell that waits for its script.
     *
     * @throws IOException when the session is dead; no script has been run then
     * @throws TimeoutException likewise
     */
    static SshExecution open(ClientSession session, String command, ConnectionLimits limits, Duration patience)
            throws IOException, TimeoutException {
        ChannelExec channel = session.createExecChannel(command);
        channel.setStreaming(ClientChannel.Streaming.Async);
        channel.setAgentForwarding(false);
        OpenFuture opening = Await.<OpenFuture>done(channel.open()::addListener, patience);
        if (opening.getException() != null) {
            throw new IOException(opening.getException());
        }
        return new SshExecution(channel, limits);
    }

    /**
     * Feeds the script and waits until the shell, and everything that holds its output, has ended.
     *
     * @throws TimeoutException when the deadline passes; the session stays usable
     */
    ScriptOutput run(byte[] feed, Deadline deadline) throws TimeoutException, IOException {
        read(channel.getAsyncOut(), stdout, new ByteArrayBuffer(CHUNK));
        read(channel.getAsyncErr(), stderr, new ByteArrayBuffer(CHUNK));
        try {
            write(feed);
            Await.<CloseFuture>done(channel::addCloseFutureListener, deadline.left());
        } finally {
            channel.close(false);
        }
        Integer exit = channel.getExitStatus();
        return new ScriptOutput(
                exit == null ? OptionalInt.empty() : OptionalInt.of(exit),
                stdout.text(),
                stderr.text(),
                stdout.truncated() || stderr.truncated());
    }

    private void write(byte[] feed) throws IOException {
        channel.getAsyncIn()
                .writeBuffer(new ByteArrayBuffer(feed))
                .addListener(written -> channel.getAsyncIn().close(false));
    }

    /** Takes what is there, and comes back when there is more. */
    private static void read(IoInputStream stream, CappedOutput output, Buffer buffer) {
        while (true) {
            IoReadFuture reading = stream.read(buffer);
            if (!reading.isDone()) {
                reading.addListener(done -> {
                    if (take(done, output, buffer)) {
                        read(stream, output, buffer);
                    }
                });
                return;
            }
            if (!take(reading, output, buffer)) {
                return;
            }
        }
    }

    private static boolean take(IoReadFuture reading, CappedOutput output, Buffer buffer) {
        if (reading.getException() != null) {
            return false;
        }
        output.add(buffer.array(), buffer.rpos(), buffer.available());
        buffer.clear();
        return true;
    }
}
