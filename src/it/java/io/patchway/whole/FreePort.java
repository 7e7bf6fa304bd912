package io.patchway.whole;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP port that nobody listens on at the moment. It lies below those that the kernel gives to whoever does not mind,
 * and no two callers get the same, so that it stays free until its finder uses it, and while what listens there is
 * stopped and started again.
 */
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, LAST));

    private FreePort() {}

    static int find() throws IOException {
        for (int attempt = FIRST; attempt <= LAST; attempt++) {
            int port = NEXT.updateAndGet(last -> last < LAST ? last + 1 : FIRST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port from %d to %d is free".formatted(FIRST, LAST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
