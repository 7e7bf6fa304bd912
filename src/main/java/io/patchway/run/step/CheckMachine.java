package io.patchway.run.step;

import io.patchway.run.Operation;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.machine.MachineCommand;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.PowerState;
import io.patchway.run.machine.SnapshotName;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Makes sure that what is asked of a machine can be begun, and remembers the boot that it is about to end. */
final class CheckMachine {
    private final ServerAccess access;
    private final Machines machines;
    private final RunPolicy policy;
    private final Clock clock;

    CheckMachine(ServerAccess access, Machines machines, RunPolicy policy, Clock clock) {
        this.access = access;
        this.machines = machines;
        this.policy = policy;
        this.clock = clock;
    }

    Transition take(ServerRun run, Server server) {
        Operation operation = run.request().operation();
        if (server.scanOnly()) {
            return refuse(run, server.id() + " is marked scanOnly in the inventory");
        }
        if (!operation.isFromOutside()) {
            return fromInside(run, server);
        }
        Optional<MachineCommand> command = machines.commands().find(server, operation);
        if (command.isEmpty()) {
            return refuse(run, missing(server, operation));
        }
        if (operation.isAboutSnapshots()) {
            return aboutSnapshot(run, command.get());
        }
        return fromOutside(run, server, command.get());
    }

    static String missing(Server server, Operation operation) {
        return "config/machines.yaml has no command " + operation.word() + " for " + server.id();
    }

    private Transition fromInside(ServerRun run, Server server) {
        String boot = access.bootId(server);
        RunMemory memory = run.memory().seenBoot(boot).calm();
        if (run.request().operation() == Operation.REBOOT) {
            return Transition.to(RunState.REBOOTING, run, memory, clock.instant(), "reachable; about to reboot");
        }
        return access.isOwn(boot)
                ? refuse(run, "Patchway itself runs on " + server.id())
                : operate(run, memory, Duration.ZERO, "reachable; about to shut down");
    }

    private Transition fromOutside(ServerRun run, Server server, MachineCommand command) {
        Optional<String> boot = bootIfItAnswers(run, server);
        boolean starts = command.operation() == Operation.POWER_ON;
        if (boot.isPresent() && starts) {
            machines.states().remember(server.id(), PowerState.STARTED, clock.instant());
            return Transition.to(
                    RunState.SUCCEEDED, run, run.memory().calm(), clock.instant(), "it is started already");
        }
        if (boot.filter(access::isOwn).isPresent()) {
            return refuse(run, "Patchway itself runs on " + server.id());
        }
        RunMemory memory = run.memory().calm();
        return operate(
                run,
                boot.map(memory::seenBoot).orElse(memory),
                command.deadline(),
                "about to run the command " + command.operation().word());
    }

    /** What a command does from outside may be the only help for a server that hangs; one lost call proves nothing. */
    private Optional<String> bootIfItAnswers(ServerRun run, Server server) {
        try {
            return Optional.of(access.bootId(server));
        } catch (ServerFault fault) {
            boolean expected = machines.states().stateOf(server.id()) != PowerState.STARTED;
            if (fault.kind() == ServerFault.Kind.UNREACHABLE
                    && (expected || run.memory().attempts() > 0)) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    private Transition aboutSnapshot(ServerRun run, MachineCommand command) {
        Optional<String> named = run.request().special().machine().snapshot();
        Optional<String> there = machines.snapshots().of(run.server()).map(snapshot -> snapshot.name());
        if (command.operation() == Operation.CREATE_SNAPSHOT) {
            // Of its own run after a crash: it is looked at again where the command is.
            if (there.isPresent() && !there.get().equals(SnapshotName.of(run))) {
                return refuse(run, "there is a snapshot of " + run.server() + " already: " + there.get());
            }
        } else if (named.isEmpty() || !there.equals(named)) {
            return refuse(run, "there is no snapshot " + named.orElse("") + " of " + run.server() + " any more");
        }
        return operate(
                run,
                run.memory().calm(),
                command.deadline(),
                "about to run the command " + command.operation().word());
    }

    private Transition operate(ServerRun run, RunMemory memory, Duration work, String note) {
        RunMemory about = memory.operating(memory.machine().about(run.request().operation()));
        return Transition.to(RunState.OPERATING, run, about, clock.instant(), note)
                .endingBy(clock.instant().plus(work).plus(policy.returnDeadline()));
    }

    private Transition refuse(ServerRun run, String why) {
        return Transition.to(RunState.FAILED, run, run.memory().failedAttempt(why), clock.instant(), "refused: " + why);
    }
}
