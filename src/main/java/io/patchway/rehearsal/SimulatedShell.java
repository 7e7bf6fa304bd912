package io.patchway.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** Stands in for {@code sh -s} on a simulated host: takes a script, and answers as that script would. */
final class SimulatedShell implements Command {
    private static final int LONGEST_SCRIPT = 4 << 20;

    private final SimulatedHost host;
    private final HostPower power;
    private final ScriptJournal journal;
    private InputStream input = InputStream.nullInputStream();
    private OutputStream output = OutputStream.nullOutputStream();
    private OutputStream error = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, closeImmediately) -> {};

    SimulatedShell(SimulatedHost host, HostPower power, ScriptJournal journal) {
        this.host = host;
        this.power = power;
        this.journal = journal;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Thread.ofVirtual().name(host.name()).start(this::run);
    }

    private void run() {
        int status = 0;
        try {
            String feed = new String(input.readNBytes(LONGEST_SCRIPT), StandardCharsets.UTF_8);
            try {
                ReceivedScript script = ReceivedScript.parse(feed);
                journal.received(host, script);
                write(output, ScriptAnswers.to(script, host, power));
            } catch (RuntimeException e) {
                write(error, host.name() + " (simulated): " + e.getMessage() + "\n");
                status = 127;
            }
        } catch (IOException connectionLost) {
            status = 255;
        }
        exit.onExit(status);
    }

    private static void write(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    @Override
    public void destroy(ChannelSession channel) throws IOException {
        input.close();
    }

    @Override
    public void setInputStream(InputStream stream) {
        input = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        output = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        error = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
