package io.patchway.whole;

import java.io.IOException;
import java.net.ServerSocket;

/** A TCP port that nobody listens on at the moment. */
final class FreePort {
    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
