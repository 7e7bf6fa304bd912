package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.EverythingApproved;
import io.patchway.rollout.Rollout;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunPolicy;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only a scan that was ordered so talks to a host whatever key it shows. */
class AnyHostKeyTest {
    private static final SpecialOrders ANY = SpecialOrders.NONE.orAnyHostKey(true);

    private final Clock clock = Clock.systemUTC();
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final Steps steps = new Steps(
            inventory(),
            new EverythingApproved(),
            (key, found) -> found,
            List::of,
            List::of,
            new SimulatedServer(Map.of()),
            ledger,
            RunPolicy.standard(),
            clock);

    @Test
    void aScanThatWasOrderedSoTakesAnyKey() {
        assertThat(serverOf(Operation.SCAN, ANY).acceptsAnyHostKey()).isTrue();
    }

    @Test
    void anyOtherScanAndEveryInstallTakesTheKnownOne() {
        assertThat(serverOf(Operation.SCAN, SpecialOrders.NONE).acceptsAnyHostKey())
                .isFalse();
        assertThat(serverOf(Operation.INSTALL, ANY).acceptsAnyHostKey()).isFalse();
    }

    @Test
    void sessionsOfBothKindsAreNeverMistakenForEachOther() {
        assertThat(serverOf(Operation.SCAN, ANY).connection())
                .isNotEqualTo(serverOf(Operation.SCAN, SpecialOrders.NONE).connection());
    }

    private Server serverOf(Operation operation, SpecialOrders special) {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                operation,
                RebootOption.NEVER,
                1,
                "test",
                "tester",
                List.of(new ServerId("web-01")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                special,
                clock.instant());
        var run = ledger.accept(request, Optional.empty()).runs().get(0).run();
        Claim claim = ledger.claimDue("node", 10, Duration.ofMinutes(1), clock.instant()).stream()
                .filter(each -> each.run().equals(run))
                .findFirst()
                .orElseThrow();
        return steps.workOn(ledger.load(claim).orElseThrow()).server();
    }

    private static Inventory inventory() {
        return new Inventory() {
            @Override
            public Optional<Server> find(ServerId id) {
                return all().stream().findFirst();
            }

            @Override
            public List<Server> all() {
                Ssh ssh = new Ssh("192.0.2.1", 22, "root", Path.of("key"), Optional.empty(), Path.of("known_hosts"));
                return List.of(
                        new Server(new ServerId("web-01"), "web-01", Set.of(), Map.of(), Optional.empty(), false, ssh));
            }
        };
    }
}
