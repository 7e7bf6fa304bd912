package io.patchway.windows;

import io.patchway.SettableClock;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.connection.ConnectionLimits;
import io.patchway.connection.Connections;
import io.patchway.packagemanager.AccessByKind;
import io.patchway.rollout.Rollout;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunPolicy;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.SpecialOrders;
import io.patchway.run.Transition;
import io.patchway.run.step.StepWork;
import io.patchway.run.step.Steps;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One Windows server, patched through the real steps and a real connection to a stand-in. */
final class WindowsRun implements AutoCloseable {
    static final ScriptPackage PACKAGE = new ScriptPackage(
            UUID.fromString("b229535c-a313-4a31-baf8-6aa71ff4b9ed"),
            "Auto Patching Windows 2012",
            Set.of(),
            Set.of(OperatingSystem.WINDOWS),
            List.of(),
            Map.of());
    private static final Duration FAR = Duration.ofDays(2);
    private static final int MOST_STEPS = 200;

    private final SettableClock clock = new SettableClock(Instant.parse("2024-01-20T03:00:00Z"));
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final Connections connections;
    private final Server server;
    private final AccessByKind access;

    WindowsRun(ConnectionSettings settings) {
        this(settings, ConnectionLimits.DEFAULT);
    }

    WindowsRun(ConnectionSettings settings, ConnectionLimits limits) {
        connections = new Connections(limits);
        server = new Server(new ServerId("win-01"), "win-01", Set.of(), Map.of(), Optional.empty(), false, settings);
        access = new AccessByKind(connections, clock);
    }

    AccessByKind access() {
        return access;
    }

    Server server() {
        return server;
    }

    /** Has the package "Auto Patching Windows 2012" patch the server until its run has ended. */
    RunReport patch() {
        return patch(Optional.of(PACKAGE.name()), PatchBaseline.everything(OperatingSystem.WINDOWS));
    }

    /** Has a baseline patch it. */
    RunReport patch(PatchBaseline baseline) {
        return patch(Optional.empty(), baseline);
    }

    private RunReport patch(Optional<String> scriptPackage, PatchBaseline baseline) {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "test",
                "tester",
                List.of(server.id()),
                Optional.empty(),
                Optional.empty(),
                scriptPackage,
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                SpecialOrders.NONE,
                clock.instant());
        RequestId id = ledger.accept(request, Optional.empty()).request();
        Steps steps = new Steps(
                inventory(),
                new OneBaseline(baseline),
                (key, found) -> found,
                () -> List.of(PACKAGE),
                List::of,
                access,
                ledger,
                RunPolicy.standard(),
                clock);
        for (int step = 0; step < MOST_STEPS; step++) {
            if (ledger.report(id).orElseThrow().endedAt().isPresent()) {
                return ledger.report(id).orElseThrow().runs().get(0);
            }
            take(steps);
        }
        throw new AssertionError("the run did not end: " + ledger.report(id).orElseThrow());
    }

    private void take(Steps steps) {
        clock.advance(FAR);
        Claim claim = ledger.claimDue("node", 1, FAR.negated(), clock.instant()).get(0);
        clock.advance(FAR.negated());
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(claim, decide(steps, run), clock.instant());
    }

    private static Transition decide(Steps steps, ServerRun run) {
        try {
            StepWork work = steps.workOn(run);
            return switch (run.state()) {
                case QUEUED, WAITING_WINDOW -> steps.startRun(work);
                case PRECHECK -> steps.checkServer(work);
                case SCANNING, VERIFYING -> steps.filterByBaseline(steps.scanServer(work));
                case INSTALLING -> steps.installPatches(work);
                case REBOOTING -> steps.rebootServer(work);
                case WAITING_FOR_RETURN -> steps.pollReboot(work);
                default -> throw new IllegalStateException("the run has ended: " + run.state());
            };
        } catch (ServerFault fault) {
            return steps.judge(run, fault);
        }
    }

    private Inventory inventory() {
        return new Inventory() {
            @Override
            public Optional<Server> find(ServerId id) {
                return Optional.of(server);
            }

            @Override
            public List<Server> all() {
                return List.of(server);
            }
        };
    }

    @Override
    public void close() {
        connections.close();
    }

    private record OneBaseline(PatchBaseline baseline) implements Baselines {
        @Override
        public Optional<StoredBaseline> find(BaselineId id) {
            return Optional.empty();
        }

        @Override
        public List<StoredBaseline> named(String name) {
            return List.of();
        }

        @Override
        public StoredBaseline defaultFor(OperatingSystem operatingSystem) {
            return io.patchway.baseline.StoredBaselines.of(baseline);
        }

        @Override
        public Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem) {
            return Optional.empty();
        }

        @Override
        public List<StoredBaseline> all() {
            return List.of();
        }
    }
}
