package io.patchway.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Runs pieces of work of many threads together in one transaction. Whoever comes while a transaction is under way
 * waits, and all that wait are the next one; so nobody waits for company that never comes. When a piece fails, each
 * runs by itself, and only those that fail then have failed.
 */
final class SharedTransactions {
    private static final int MOST_TOGETHER = 64;

    private final Transactions transactions;
    private final ConcurrentLinkedQueue<Piece<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leading = new ReentrantLock();

    SharedTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    <T> T run(HandleCallback<T, RuntimeException> work) {
        Piece<T> mine = new Piece<>(work);
        waiting.add(mine);
        leading.lock();
        try {
            while (!mine.isDone()) {
                runTogether(next());
            }
        } finally {
            leading.unlock();
        }
        return mine.outcome();
    }

    private List<Piece<?>> next() {
        List<Piece<?>> pieces = new ArrayList<>();
        for (Piece<?> piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            pieces.add(piece);
            if (pieces.size() == MOST_TOGETHER) {
                break;
            }
        }
        return pieces;
    }

    private void runTogether(List<Piece<?>> pieces) {
        if (pieces.size() > 1 && succeedTogether(pieces)) {
            return;
        }
        pieces.forEach(piece -> piece.runAlone(transactions));
    }

    private boolean succeedTogether(List<Piece<?>> pieces) {
        try {
            transactions.run(handle -> {
                pieces.forEach(piece -> piece.runIn(handle));
                return null;
            });
        } catch (RuntimeException e) {
            // Which of them it was shows when each runs by itself.
            return false;
        }
        pieces.forEach(Piece::committed);
        return true;
    }

    /** The work of one thread, and what became of it. Only the leading thread touches it until it is done. */
    private static final class Piece<T> {
        private final HandleCallback<T, RuntimeException> work;
        private T result;
        private RuntimeException failure;
        private boolean done;

        Piece(HandleCallback<T, RuntimeException> work) {
            this.work = work;
        }

        void runIn(Handle handle) {
            result = work.withHandle(handle);
        }

        void runAlone(Transactions transactions) {
            try {
                result = transactions.run(work);
            } catch (RuntimeException e) {
                failure = e;
            }
            done = true;
        }

        void committed() {
            done = true;
        }

        boolean isDone() {
            return done;
        }

        T outcome() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }
}
