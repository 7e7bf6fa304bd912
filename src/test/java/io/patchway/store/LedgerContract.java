package io.patchway.store;

import static io.patchway.store.Samples.NOON;

import io.patchway.run.MailOutbox;
import io.patchway.run.RunId;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** A run ledger on an empty database, and what its tests do with it again and again. */
abstract class LedgerContract extends StoreContract {
    static final Duration LEASE = Duration.ofMinutes(2);

    RunLedger ledger;
    MailOutbox outbox;

    @BeforeEach
    void openLedger() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        outbox = new SqlMailOutbox(database, "node");
    }

    ServerRun accepted(String server) {
        RunId run = ledger.accept(Samples.request(server), Optional.empty())
                .runs()
                .get(0)
                .run();
        return ledger.claimDue("node", 100, LEASE, NOON).stream()
                .filter(claim -> claim.run().equals(run))
                .flatMap(claim -> ledger.load(claim).stream())
                .findFirst()
                .orElseThrow();
    }

    ServerRun claimOne(Instant now) {
        return ledger.load(ledger.claimDue("node", 1, LEASE, now).get(0)).orElseThrow();
    }

    List<ServerRun> claimAllRuns() {
        return ledger.claimDue("node", 100, LEASE, NOON).stream()
                .map(claim -> ledger.load(claim).orElseThrow())
                .toList();
    }

    static Claim claimOf(ServerRun run) {
        return new Claim(run.id(), run.fence());
    }

    boolean end(ServerRun run, RunState state) {
        return ledger.commit(claimOf(run), Transition.to(state, run, run.memory(), NOON, "ended"), NOON);
    }

    void sendConfirmation() {
        outbox.claimDue(10, LEASE, NOON).forEach(mail -> outbox.markSent(mail, Optional.empty(), NOON));
    }

    static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "server-" + i).toArray(String[]::new);
    }

    interface NodeWork<T> {
        T of(int node) throws Exception;
    }

    /** Lets several nodes work at the same time and hands back what each of them got. */
    static <T> List<T> atOnce(int nodes, NodeWork<T> work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(nodes)) {
            List<Callable<T>> tasks = IntStream.range(0, nodes)
                    .<Callable<T>>mapToObj(node -> () -> work.of(node))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    List<Claim> claimAll(String node) {
        List<Claim> mine = new ArrayList<>();
        while (ledger.nextDue().filter(due -> !due.isAfter(NOON)).isPresent()) {
            mine.addAll(ledger.claimDue(node, 7, LEASE, NOON));
        }
        return mine;
    }
}
