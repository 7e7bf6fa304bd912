package io.patchway.run.machine;

import io.patchway.run.ServerFault;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Looks which servers answer, all at the same time and not for long: somebody waits for the answer. */
public final class Probe {
    private final Function<Server, String> bootId;
    private final Duration patience;

    /**
     * @param bootId asks a server which boot it runs; a {@link ServerFault} says that it does not answer
     * @param patience how long it looks; who has not answered by then does not answer
     */
    public Probe(Function<Server, String> bootId, Duration patience) {
        this.bootId = bootId;
        this.patience = patience;
    }

    /** Those of the servers that answer and let us in. */
    public Set<ServerId> answering(Collection<Server> servers) {
        Map<ServerId, String> boots = new ConcurrentHashMap<>();
        List<Callable<Boolean>> looks = servers.stream()
                .map(server -> (Callable<Boolean>) () -> {
                    boots.put(server.id(), bootId.apply(server));
                    return true;
                })
                .toList();
        // Not closed: that would wait for looks that nobody waits for any more.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            threads.invokeAll(looks, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
        return Set.copyOf(boots.keySet());
    }

    /** Whether this one answers, however long that takes to tell. */
    boolean answers(Server server) {
        try {
            return !bootId.apply(server).isEmpty();
        } catch (ServerFault fault) {
            return false;
        }
    }
}
