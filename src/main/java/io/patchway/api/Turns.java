package io.patchway.api;

import io.patchway.run.RefusedRequestException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Lets equal orders that come at the same time in one after the other. */
public final class Turns {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(each -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** What is done in one's turn. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws RefusedRequestException;
    }

    /** @param order what makes two orders equal */
    public <T> T take(String order, Work<T> work) throws RefusedRequestException {
        ReentrantLock lock = locks[Math.floorMod(order.hashCode(), LOCKS)];
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
