package io.patchway.run.step;

import io.patchway.baseline.BaselineSnapshots;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.run.Hooks;
import io.patchway.run.Operation;
import io.patchway.run.RunLedger;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ScriptPackages;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.machine.Machines;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.time.Clock;
import java.util.Optional;

/** The steps of a server run, each from its work to the transition that it decides. */
public final class Steps {
    private final Inventory inventory;
    private final ServerAccess access;
    private final StartRun startRun;
    private final CheckServer checkServer;
    private final ScanServer scanServer;
    private final FilterByBaseline filterByBaseline;
    private final InstallPatches installPatches;
    private final RebootServer rebootServer;
    private final PollReboot pollReboot;
    private final FaultVerdict faultVerdict;
    private final Departure departure;
    private final CheckMachine checkMachine;
    private final OperateMachine operateMachine;
    private final PowerForRun power;
    private final Clock clock;

    /** The steps where no machine is operated but through a login. */
    public Steps(
            Inventory inventory,
            Baselines baselines,
            BaselineSnapshots snapshots,
            ScriptPackages packages,
            Hooks hooks,
            ServerAccess access,
            RunLedger ledger,
            RunPolicy policy,
            Clock clock) {
        this(inventory, baselines, snapshots, packages, hooks, access, ledger, policy, Machines.NONE, clock);
    }

    public Steps(
            Inventory inventory,
            Baselines baselines,
            BaselineSnapshots snapshots,
            ScriptPackages packages,
            Hooks hooks,
            ServerAccess access,
            RunLedger ledger,
            RunPolicy policy,
            Machines machines,
            Clock clock) {
        this.inventory = inventory;
        this.access = access;
        this.clock = clock;
        Fence fence = new Fence(ledger);
        startRun = new StartRun(ledger, policy, clock);
        checkServer = new CheckServer(access, ledger, hooks, policy, clock);
        scanServer = new ScanServer(access);
        filterByBaseline =
                new FilterByBaseline(baselines, snapshots, packages, ledger, new NextMove(policy, clock), clock);
        installPatches = new InstallPatches(access, fence, policy, clock);
        rebootServer = new RebootServer(access, fence, policy, clock);
        pollReboot = new PollReboot(access, policy, clock);
        faultVerdict = new FaultVerdict(policy, clock);
        departure = new Departure(access, fence, policy, clock);
        checkMachine = new CheckMachine(access, machines, policy, clock);
        operateMachine = new OperateMachine(access, fence, machines, policy, clock);
        power = new PowerForRun(machines, policy, clock);
    }

    /** @throws ServerFault when the server was taken out of the inventory */
    public StepWork workOn(ServerRun run) {
        return inventory
                .find(run.server())
                .map(server -> new StepWork(run, asOrdered(server, run), Optional.empty()))
                .orElseThrow(() -> new ServerFault(
                        ServerFault.Kind.CONFIGURATION, run.server() + " is no longer in the inventory"));
    }

    /** Only a scan may skip the check of host keys: it changes nothing. */
    private static Server asOrdered(Server server, ServerRun run) {
        boolean scan = run.request().operation() == Operation.SCAN;
        return scan && run.request().special().anyHostKey() ? server.withAnyHostKey() : server;
    }

    /** Ends a cancelled run on whose server nothing was begun. */
    public Transition cancelRun(StepWork work) {
        ServerRun run = work.run();
        return power.of(
                run,
                Transition.to(
                        RunState.CANCELLED,
                        run,
                        run.memory(),
                        clock.instant(),
                        "not started: " + run.clearance().reason()));
    }

    public Transition startRun(StepWork work) {
        return startRun.take(work.run());
    }

    public Transition checkServer(StepWork work) {
        ServerRun run = work.run();
        if (!run.request().operation().isPatching()) {
            return checkMachine.take(run, work.server());
        }
        try {
            return power.of(run, checkServer.take(run, work.server()));
        } catch (ServerFault fault) {
            return power.startFirst(run, work.server(), fault).orElseThrow(() -> fault);
        }
    }

    public StepWork scanServer(StepWork work) {
        try {
            return work.with(scanServer.take(work.run(), work.server()));
        } catch (ServerFault fault) {
            ServerRun run = freezing(work, fault);
            return new StepWork(run, work.server(), Optional.of(scanServer.take(run, work.server())));
        }
    }

    /**
     * A server may have no working repository of its own, and need none because the baseline brings some.
     *
     * @throws ServerFault the given one when that is not so
     */
    private ServerRun freezing(StepWork work, ServerFault fault) {
        ServerRun run = work.run();
        if (fault.kind() != ServerFault.Kind.METADATA || run.memory().frozen().isPresent()) {
            throw fault;
        }
        FrozenBaseline baseline = filterByBaseline.freeze(run, work.server(), access.hostFacts(work.server()));
        if (baseline.content().sources().isEmpty()) {
            throw fault;
        }
        return run.remembering(run.memory().freezing(baseline));
    }

    public Transition filterByBaseline(StepWork work) {
        return leaving(
                work.run(),
                filterByBaseline.take(work.run(), work.server(), work.scan().orElseThrow()));
    }

    public Transition installPatches(StepWork work) {
        return overdue(
                work,
                Departure.isUnderWay(work.run())
                        ? departure.take(work.run(), work.server())
                        : installPatches.take(work.run(), work.server()));
    }

    public Transition rebootServer(StepWork work) {
        Transition taken = rebootServer.take(work.run(), work.server());
        return leaving(work.run(), work.run().request().operation().isPatching() ? taken : notRebooted(taken));
    }

    /** Where nothing is patched there is nothing to verify when a reboot command was not sent. */
    private static Transition notRebooted(Transition taken) {
        RunMemory memory = taken.memory();
        return taken.next() == RunState.VERIFYING ? taken.leadingTo(RunState.CANCELLED, memory) : taken;
    }

    public Transition pollReboot(StepWork work) {
        Transition taken = pollReboot.take(work.run(), work.server());
        boolean back = taken.next() == RunState.VERIFYING;
        boolean thatWasAll = !work.run().request().operation().isPatching();
        return overdue(work, back && thatWasAll ? taken.leadingTo(RunState.SUCCEEDED, taken.memory()) : taken);
    }

    public Transition operateMachine(StepWork work) {
        Transition taken = operateMachine.take(work.run(), work.server());
        return power.of(work.run(), faultVerdict.unlessOverdue(work.run(), taken));
    }

    public Transition judge(ServerRun run, ServerFault fault) {
        return leaving(run, faultVerdict.of(power.noting(run, fault), fault));
    }

    /** A verdict waits for the last hook, and then for the machine to be as it was. */
    private Transition leaving(ServerRun run, Transition decided) {
        return power.of(run, run.state() == RunState.OPERATING ? decided : departure.of(run, decided));
    }

    private Transition overdue(StepWork work, Transition transition) {
        Transition judged = faultVerdict.unlessOverdue(work.run(), transition);
        boolean left = Departure.isUnderWay(work.run()) && judged == transition;
        return left ? power.of(work.run(), judged) : leaving(work.run(), judged);
    }
}
