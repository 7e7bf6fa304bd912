package io.patchway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the database whether it answers, within a time that holds even when its network swallows everything. Only one
 * question is under way at a time, however many ask. Thread-safe.
 */
public final class DatabaseProbe implements AutoCloseable {
    private final Database database;
    private final Duration patience;
    private final ExecutorService asker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("database-probe").factory());
    private CompletableFuture<Boolean> underWay = CompletableFuture.completedFuture(true);

    /** @param patience how long it may take to answer, at least a second */
    public DatabaseProbe(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /** Whether the database answers. */
    public boolean answers() {
        try {
            return ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> ask() {
        if (underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(this::isValid, asker);
        }
        return underWay;
    }

    private boolean isValid() {
        try (Connection connection = database.connection()) {
            return connection.isValid((int) Math.max(1, patience.toSeconds()));
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}
