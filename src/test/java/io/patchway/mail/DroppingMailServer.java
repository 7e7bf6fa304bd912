package io.patchway.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;

/**
 * A mail server that keeps every mail it gets, but says so only when it is told to: otherwise it hangs up after the
 * data, as if the line had been cut at the worst moment.
 */
public final class DroppingMailServer implements AutoCloseable {
    private final ServerSocket socket;
    private final IntPredicate confirms;
    private final List<String> messageIds = new CopyOnWriteArrayList<>();

    /** @param confirms whether it confirms its first, second, … mail (1, 2, …); called when the mail has arrived */
    public DroppingMailServer(IntPredicate confirms) throws IOException {
        this.confirms = confirms;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("dropping-mail-server").start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The Message-IDs of the mails that arrived, each as often as its mail did. */
    public List<String> messageIds() {
        return List.copyOf(messageIds);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                converse(client);
            } catch (IOException e) {
                // The client hung up, or the server was closed; either way this conversation is over.
                continue;
            }
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("DATA")) {
                say(client, "354 go on");
                receive(lines);
                if (!confirms.test(messageIds.size())) {
                    return;
                }
            }
            say(client, line.equals("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private void receive(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            if (line.startsWith("Message-ID: ")) {
                messageIds.add(line.substring("Message-ID: ".length()));
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        OutputStream output = client.getOutputStream();
        output.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
