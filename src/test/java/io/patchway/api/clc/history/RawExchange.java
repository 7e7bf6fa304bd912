package io.patchway.api.clc.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends the very bytes of a request over a socket. */
final class RawExchange {
    private static final int PATIENCE_MILLISECONDS = 20_000;

    private RawExchange() {}

    /** @param head the status line and the headers */
    record Answer(int status, String head, String body) {}

    /** @param request all of it, in UTF-8 */
    static Answer send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            String head = head(in);
            return new Answer(Integer.parseInt(head.substring(9, 12)), head, body(in, head.toLowerCase(Locale.ROOT)));
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the answer ends in its head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String body(InputStream in, String head) throws IOException {
        if (head.contains("content-length:")) {
            int length = Integer.parseInt(head.replaceFirst("(?s).*content-length: *([0-9]+).*", "$1"));
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        return head.contains("transfer-encoding: chunked")
                ? chunks(in)
                : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            in.readNBytes(2);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }
}
