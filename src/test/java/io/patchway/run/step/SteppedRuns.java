package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.SnapshotKey;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaselines;
import io.patchway.rollout.Rollout;
import io.patchway.run.Hook;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SpecialOrders;
import io.patchway.run.Transition;
import io.patchway.run.machine.Machines;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Runs over a simulated server that a test moves on step by step, each at a time that it sets. */
public final class SteppedRuns {
    private static final Duration FAR = Duration.ofDays(2);
    private static final int MOST_STEPS = 1000;

    /** How a server is reached whose name begins with {@code win}. */
    private static final ConnectionSettings WINDOWS = new ConnectionSettings.WinRm(
            "win",
            5986,
            "patch",
            Path.of("password"),
            true,
            ConnectionSettings.WinRm.Authentication.NTLM,
            Optional.empty());

    public final SettableClock clock;
    final RunLedger ledger;
    private final Map<SnapshotKey, FrozenBaseline> kept = new HashMap<>();
    private final Map<String, Hook> hooks = new HashMap<>();
    private final Steps steps;
    private PatchBaseline baseline = PatchBaseline.everything(OperatingSystem.REDHAT_ENTERPRISE_LINUX);

    SteppedRuns(SimulatedServer server, Instant start) {
        this(server, start, new InMemoryRunLedger());
    }

    /** @param ledger where the runs are kept; a test may have it shown by others */
    public SteppedRuns(SimulatedServer server, Instant start, RunLedger ledger) {
        this(server, start, ledger, Machines.NONE);
    }

    public SteppedRuns(SimulatedServer server, Instant start, RunLedger ledger, Machines machines) {
        this.ledger = ledger;
        clock = new SettableClock(start);
        steps = new Steps(
                inventory(),
                baselines(),
                this::share,
                List::of,
                () -> List.copyOf(hooks.values()),
                server,
                ledger,
                RunPolicy.standard(),
                machines,
                clock);
    }

    /** What is found from now on when a baseline is looked up. */
    void editBaseline(PatchBaseline edited) {
        baseline = edited;
    }

    /** What is found from now on when a hook is looked up. */
    public void editHook(String name, String script) {
        hooks.put(name, new Hook(name, script));
    }

    private FrozenBaseline share(SnapshotKey key, FrozenBaseline found) {
        return kept.computeIfAbsent(key, first -> found);
    }

    RequestId accept(Optional<WindowSpan> window, String... servers) {
        return accept(Operation.INSTALL, RebootOption.IF_NEEDED, window, servers);
    }

    RequestId accept(Operation operation, RebootOption rebootOption, Optional<WindowSpan> window, String... servers) {
        return accept(operation, rebootOption, window, SpecialOrders.NONE, servers);
    }

    public RequestId accept(
            Operation operation,
            RebootOption rebootOption,
            Optional<WindowSpan> window,
            SpecialOrders special,
            String... servers) {
        return accept(operation, rebootOption, window, Optional.empty(), special, servers);
    }

    RequestId accept(Optional<UUID> snapshot, String server) {
        return accept(
                Operation.INSTALL, RebootOption.IF_NEEDED, Optional.empty(), snapshot, SpecialOrders.NONE, server);
    }

    private RequestId accept(
            Operation operation,
            RebootOption rebootOption,
            Optional<WindowSpan> window,
            Optional<UUID> snapshot,
            SpecialOrders special,
            String... servers) {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                operation,
                rebootOption,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "test",
                "tester",
                Arrays.stream(servers).map(ServerId::new).toList(),
                Optional.empty(),
                snapshot,
                Optional.empty(),
                List.of(),
                List.of(),
                window,
                Rollout.ALL_AT_ONCE,
                special,
                clock.instant());
        return ledger.accept(request, Optional.empty()).request();
    }

    /** The only run that has not ended. */
    ServerRun current() {
        return ledger.load(claims().get(0)).orElseThrow();
    }

    /** Takes the next step of the only run that has not ended, whatever it is, and commits it. */
    public Transition stepAt(Instant now) {
        clock.set(now);
        return step(claims().get(0), now);
    }

    /** Takes the next step of the run of a server. */
    Transition step(String server) {
        return step(claimOf(server), clock.instant());
    }

    private Claim claimOf(String server) {
        return claims().stream()
                .filter(candidate ->
                        ledger.load(candidate).orElseThrow().server().value().equals(server))
                .findFirst()
                .orElseThrow();
    }

    /** Lets the run of a server succeed at once. */
    void end(String server) {
        Claim claim = claimOf(server);
        ServerRun run = ledger.load(claim).orElseThrow();
        Instant now = clock.instant();
        ledger.commit(claim, Transition.to(RunState.SUCCEEDED, run, run.memory(), now, "done"), now);
    }

    /** Steps until every run has ended; the last scan of the request. */
    ScanRecord lastScan(RequestId request) {
        ScanRecord last = null;
        while (ledger.report(request).orElseThrow().endedAt().isEmpty()) {
            Transition taken = stepAt(clock.instant());
            last = taken.scan().orElse(last);
        }
        return Optional.ofNullable(last).orElseThrow();
    }

    /** Takes the next step of the only run that has not ended, and waits until the one after it is due. */
    void stepInTime() {
        Claim claim = claims().get(0);
        ServerRun run = ledger.load(claim).orElseThrow();
        Transition taken = withDeadline(run, decide(run));
        ledger.commit(claim, taken, clock.instant());
        clock.set(taken.dueAt().isAfter(clock.instant()) ? taken.dueAt() : clock.instant());
    }

    /** Steps until every run has ended, each step when it is due. */
    RunReport finishInTime(RequestId request) {
        for (int step = 0; ledger.report(request).orElseThrow().endedAt().isEmpty(); step++) {
            assertThat(step).as("steps without a verdict").isLessThan(MOST_STEPS);
            stepInTime();
        }
        return ledger.report(request).orElseThrow().runs().get(0);
    }

    /** As a node does. */
    private Transition withDeadline(ServerRun run, Transition decided) {
        return decided.next() != run.state() && decided.deadline().isEmpty()
                ? RunPolicy.standard()
                        .deadline(decided.next(), clock.instant())
                        .map(decided::endingBy)
                        .orElse(decided)
                : decided;
    }

    /** Steps until every run has ended. */
    RunReport finish(RequestId request) {
        while (ledger.report(request).orElseThrow().endedAt().isEmpty()) {
            stepAt(clock.instant());
        }
        return ledger.report(request).orElseThrow().runs().get(0);
    }

    private Transition step(Claim claim, Instant now) {
        ServerRun run = ledger.load(claim).orElseThrow();
        Transition decided = decide(run);
        ledger.commit(claim, decided, now);
        return decided;
    }

    private Transition decide(ServerRun run) {
        try {
            StepWork work = steps.workOn(run);
            return switch (run.state()) {
                case QUEUED, WAITING_WINDOW -> steps.startRun(work);
                case PRECHECK -> steps.checkServer(work);
                case SCANNING, VERIFYING -> steps.filterByBaseline(steps.scanServer(work));
                case INSTALLING -> steps.installPatches(work);
                case REBOOTING -> steps.rebootServer(work);
                case WAITING_FOR_RETURN -> steps.pollReboot(work);
                case OPERATING -> steps.operateMachine(work);
                default -> throw new IllegalStateException("the run has ended: " + run.state());
            };
        } catch (ServerFault fault) {
            return steps.judge(run, fault);
        }
    }

    /** Every open run, also those that are not yet due. */
    private List<Claim> claims() {
        clock.advance(FAR);
        List<Claim> claims = ledger.claimDue("node", 10, FAR.negated(), clock.instant());
        clock.advance(FAR.negated());
        return claims;
    }

    private static Inventory inventory() {
        return new Inventory() {
            @Override
            public Optional<Server> find(ServerId id) {
                return Optional.of(new Server(
                        id,
                        id.value(),
                        Set.of(),
                        Map.of(),
                        Optional.empty(),
                        false,
                        id.value().startsWith("win") ? WINDOWS : new ConnectionSettings.Local()));
            }

            @Override
            public List<Server> all() {
                return List.of();
            }
        };
    }

    private Baselines baselines() {
        return new Baselines() {
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
                return StoredBaselines.of(baseline);
            }

            @Override
            public Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem) {
                return Optional.empty();
            }

            @Override
            public List<StoredBaseline> all() {
                return List.of();
            }
        };
    }
}
