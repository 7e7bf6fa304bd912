package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.rollout.HealthGate;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger.GateCheck;
import io.patchway.run.Rollouts;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import io.patchway.run.machine.InMemoryMachines;
import io.patchway.run.machine.PowerState;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom a health gate with a command asks. */
class HealthCheckTest {
    private static final ServerId HERE = new ServerId("here");
    private static final ServerId STOPPED = new ServerId("stopped");
    private static final ServerId BRANCH = new ServerId("branch");
    private static final HealthGate GATE =
            new HealthGate.Command("runs", Duration.ofSeconds(5), List.of("/usr/bin/true"));

    private final SimulatedServers servers = new SimulatedServers()
            .with("here", new SimulatedServer(Map.of()))
            .with("stopped", new SimulatedServer(Map.of()))
            .with("branch", new SimulatedServer(Map.of()));
    private final InMemoryMachines machines = new InMemoryMachines();
    private final HealthCheck check = new HealthCheck(
            new Rollouts(servers, List.of(GATE), 0), page -> Optional.empty(), servers, inventory(), machines);

    @Test
    void whoIsStoppedOrPatchedByAnotherSiteIsPassedOver() {
        refuseAll();
        machines.remember(STOPPED, PowerState.STOPPED, Instant.now());

        assertThat(refusal(STOPPED, BRANCH)).isEmpty();
        assertThat(refusal(STOPPED, BRANCH, HERE)).contains("health gate runs: here: ended with status 1");
    }

    @Test
    void whoIsStartedAgainIsAskedAgain() {
        refuseAll();
        machines.remember(STOPPED, PowerState.PAUSED, Instant.now());
        machines.remember(STOPPED, PowerState.STARTED, Instant.now());

        assertThat(refusal(STOPPED)).contains("health gate runs: stopped: ended with status 1");
    }

    @Test
    void whoIsNoLongerInTheInventoryStillRefuses() {
        assertThat(refusal(new ServerId("gone")))
                .hasValueSatisfying(why -> assertThat(why).contains("gone is no longer in the inventory"));
    }

    private void refuseAll() {
        servers.ids().forEach(id -> servers.get(id.value()).health(Optional.of("ended with status 1")));
    }

    private Optional<String> refusal(ServerId... asked) {
        return check.refusal(new GateCheck(RequestId.next(), "runs", 1, 1, List.of(asked)));
    }

    /** As it is, but for one server that another site patches. */
    private Inventory inventory() {
        return new Inventory() {
            @Override
            public Optional<Server> find(ServerId id) {
                return servers.find(id).map(server -> id.equals(BRANCH) ? elsewhere(server) : server);
            }

            @Override
            public List<Server> all() {
                return servers.all();
            }
        };
    }

    private static Server elsewhere(Server server) {
        return new Server(
                server.id(),
                server.name(),
                server.groups(),
                server.tags(),
                Optional.empty(),
                false,
                new ConnectionSettings.Http(
                        URI.create("https://branch.example.com"),
                        Optional.empty(),
                        "hq",
                        Path.of("/dev/null"),
                        "web-01",
                        UUID.randomUUID(),
                        Optional.empty()));
    }
}
