package io.patchway.connection.site;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** An answer that may be neither long nor slow without end. */
final class CappedStream extends FilterInputStream {
    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final long began = System.nanoTime();
    private int left = MOST_BYTES;

    CappedStream(InputStream input) {
        super(input);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long most) throws IOException {
        long skipped = super.skip(most);
        count(Math.toIntExact(skipped));
        return skipped;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
        }
        if (System.nanoTime() - began > LONGEST.toNanos()) {
            throw new IOException("the answer takes longer than " + LONGEST.toMinutes() + " minutes");
        }
    }
}
