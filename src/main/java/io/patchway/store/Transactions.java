package io.patchway.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs work in one transaction, and runs it again when the database was only busy or away for a moment: a deadlock, a
 * lock that took too long, a connection that broke because the server restarted.
 *
 * <p>H2 gets one transaction at a time. While it writes one commit to disk, it acknowledges others that are still in
 * memory, even with WRITE_DELAY=0; a process that is killed then has lost what it was told is safe.
 */
final class Transactions {
    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(40);
    /**
     * After so long no further attempt is made; a connection to a server that is away is waited for in each attempt.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Jdbi jdbi;
    private final boolean oneAtATime;
    private final ReentrantLock turn = new ReentrantLock(true);

    Transactions(Jdbi jdbi, boolean oneAtATime) {
        this.jdbi = jdbi;
        this.oneAtATime = oneAtATime;
    }

    <T> T run(HandleCallback<T, RuntimeException> work) {
        RuntimeException earlier = null;
        long begin = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return oneAtATime ? inTurn(work) : jdbi.inTransaction(work);
            } catch (RuntimeException e) {
                if (earlier != null) {
                    e.addSuppressed(earlier);
                }
                if (!SqlErrors.isPassing(e)) {
                    throw e;
                }
                if (attempt == MOST_ATTEMPTS || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new DatabaseUnavailable(
                            "The database does not answer: " + SqlErrors.rootMessage(e)
                                    + ". Nothing is claimed and nothing is lost while it is away.",
                            e);
                }
                earlier = e;
                pause(attempt);
            }
        }
    }

    private <T> T inTurn(HandleCallback<T, RuntimeException> work) {
        turn.lock();
        try {
            return jdbi.inTransaction(work);
        } finally {
            turn.unlock();
        }
    }

    /** Doubles with each attempt; the random half keeps two rivals from meeting again. */
    private static void pause(int attempt) {
        long longest = FIRST_PAUSE.toNanos() << attempt;
        LockSupport.parkNanos(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2));
    }
}
