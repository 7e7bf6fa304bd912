package io.patchway.run.step;

import io.patchway.rollout.HealthGate;
import io.patchway.run.HealthPage;
import io.patchway.run.RolloutLedger.GateCheck;
import io.patchway.run.Rollouts;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.machine.PowerStates;
import io.patchway.server.ConnectionSettings.Http;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a health gate. What cannot be asked counts as a refusal: a gate fails closed. Servers that are not expected to
 * answer are not asked at all.
 */
public final class HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);
    /** Servers that are asked at once. */
    private static final int AT_ONCE = 16;

    private final Rollouts rollouts;
    private final HealthPage page;
    private final ServerAccess access;
    private final Inventory inventory;
    private final PowerStates power;

    public HealthCheck(
            Rollouts rollouts, HealthPage page, ServerAccess access, Inventory inventory, PowerStates power) {
        this.rollouts = rollouts;
        this.page = page;
        this.access = access;
        this.inventory = inventory;
        this.power = power;
    }

    /** @return empty when things are well; else why not, for people */
    public Optional<String> refusal(GateCheck check) {
        Optional<HealthGate> gate = rollouts.gate(check.gate());
        if (gate.isEmpty()) {
            return Optional.of("health gate " + check.gate() + " is no longer in config/gates.yaml");
        }
        Optional<String> answer = switch (gate.get()) {
            case HealthGate.WebPage webPage -> page.ask(webPage);
            case HealthGate.Command command -> askServers(command, thatCanAnswer(check));
        };
        return answer.map(why -> "health gate " + check.gate() + ": " + why);
    }

    /** Without those that no command of ours reaches although nothing is wrong with them. */
    private List<ServerId> thatCanAnswer(GateCheck check) {
        Set<ServerId> resting = Set.copyOf(power.notStarted());
        List<ServerId> asked = new ArrayList<>();
        for (ServerId server : check.servers()) {
            if (resting.contains(server)) {
                passOver(check, server, "its machine was stopped or paused by Patchway");
            } else if (inventory.find(server).filter(HealthCheck::isElsewhere).isPresent()) {
                passOver(check, server, "another site patches it");
            } else {
                asked.add(server);
            }
        }
        return asked;
    }

    private static boolean isElsewhere(Server server) {
        return server.connection() instanceof Http;
    }

    private static void passOver(GateCheck check, ServerId server, String why) {
        LOG.info("Request {}: health gate {} passes over {}: {}", check.request(), check.gate(), server, why);
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
