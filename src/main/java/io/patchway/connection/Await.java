package io.patchway.connection;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.sshd.common.future.SshFuture;
import org.apache.sshd.common.future.SshFutureListener;

/**
 * Waits for what the SSH library has under way. The library's own waiting holds a monitor, which before Java 24 pins
 * the carrier of a virtual thread; a completable future does not.
 */
final class Await {
    private Await() {}

    /**
     * @param subscription registers a listener that is told when it is done
     * @throws TimeoutException when it is not done in time
     * @throws InterruptedIOException when the thread was told to stop
     */
    static <F extends SshFuture<F>> F done(Consumer<SshFutureListener<F>> subscription, Duration patience)
            throws TimeoutException, InterruptedIOException {
        CompletableFuture<F> completion = new CompletableFuture<>();
        subscription.accept(completion::complete);
        try {
            return completion.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("told to stop");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a listener cannot fail", e);
        }
    }
}
