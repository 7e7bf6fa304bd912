package io.patchway.run.step;

import io.patchway.rollout.HealthGate;
import io.patchway.run.HealthPage;
import io.patchway.run.RolloutLedger.GateCheck;
import io.patchway.run.Rollouts;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Asks a health gate. What cannot be asked counts as a refusal: a gate fails closed. */
public final class HealthCheck {
    /** Servers that are asked at once. */
    private static final int AT_ONCE = 16;

    private final Rollouts rollouts;
    private final HealthPage page;
    private final ServerAccess access;
    private final Inventory inventory;

    public HealthCheck(Rollouts rollouts, HealthPage page, ServerAccess access, Inventory inventory) {
        this.rollouts = rollouts;
        this.page = page;
        this.access = access;
        this.inventory = inventory;
    }

    /** @return empty when things are well; else why not, for people */
    public Optional<String> refusal(GateCheck check) {
        Optional<HealthGate> gate = rollouts.gate(check.gate());
        if (gate.isEmpty()) {
            return Optional.of("health gate " + check.gate() + " is no longer in config/gates.yaml");
        }
        Optional<String> answer = switch (gate.get()) {
            case HealthGate.WebPage webPage -> page.ask(webPage);
            case HealthGate.Command command -> askServers(command, check.servers());
        };
        return answer.map(why -> "health gate " + check.gate() + ": " + why);
    }

    private Optional<String> askServers(HealthGate.Command gate, List<ServerId> servers) {
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<String>>> answers = servers.stream()
                    .map(server -> executor.submit(() -> {
                        places.acquire();
                        try {
                            return ask(gate, server);
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            return answers.stream()
                    .map(HealthCheck::get)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    private Optional<String> ask(HealthGate.Command gate, ServerId id) {
        Optional<Server> server = inventory.find(id);
        if (server.isEmpty()) {
            return Optional.of(id + " is no longer in the inventory");
        }
        try {
            return access.checkHealth(server.get(), gate.command(), gate.timeout())
                    .map(answer -> id + ": " + answer);
        } catch (ServerFault e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> get(Future<Optional<String>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return Optional.of("internal error: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("was interrupted while it was asked");
        }
    }
}
