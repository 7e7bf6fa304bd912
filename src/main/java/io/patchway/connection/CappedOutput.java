package io.patchway.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What came out of one stream of a script, up to a limit; the rest is counted as lost, so that a flood costs nothing.
 */
final class CappedOutput {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private final int limit;
    private boolean truncated;

    /** @param limit bytes that are kept */
    CappedOutput(int limit) {
        this.limit = limit;
    }

    synchronized void add(byte[] bytes, int offset, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(bytes, offset, room);
        truncated |= room < length;
    }

    /** The kept bytes as UTF-8; what is no UTF-8 becomes the replacement character. */
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean truncated() {
        return truncated;
    }
}
