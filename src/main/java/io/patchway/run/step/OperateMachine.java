package io.patchway.run.step;

import io.patchway.run.MachineMemory;
import io.patchway.run.Operation;
import io.patchway.run.OperationId;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.MachineCommand;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.PowerState;
import io.patchway.run.machine.SnapshotName;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Does to a machine what is to be done, then watches it happen. That something is about to be done was committed
 * before; a shut-down carries its identity to the server, and of a command it is remembered that it was begun, so that
 * neither happens twice whatever is killed when.
 */
final class OperateMachine {
    private final ServerAccess access;
    private final Fence fence;
    private final Machines machines;
    private final MachineEnd end;
    private final RunPolicy policy;
    private final Clock clock;

    OperateMachine(ServerAccess access, Fence fence, Machines machines, RunPolicy policy, Clock clock) {
        this.access = access;
        this.fence = fence;
        this.machines = machines;
        this.end = new MachineEnd(machines, policy, clock);
        this.policy = policy;
        this.clock = clock;
    }

    Transition take(ServerRun run, Server server) {
        Operation doing = doing(run);
        if (run.memory().machine().told()) {
            return watch(run, server, doing);
        }
        return doing == Operation.SHUT_DOWN ? shutDown(run, server) : command(run, server, doing);
    }

    static Operation doing(ServerRun run) {
        return run.memory()
                .machine()
                .doing()
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " does nothing to its machine"));
    }

    /** The server is asked again and again until it has heard, which it heeds once. */
    private Transition shutDown(ServerRun run, Server server) {
        if (mayNotBegin(run)) {
            return notBegun(run);
        }
        String boot = run.memory()
                .bootId()
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " shuts down an unknown boot"));
        fence.check(run);
        try {
            return access.shutDown(server, identity(run), boot)
                    ? told(run, run.memory().machine().heard())
                    : end.failed(run, "it runs another boot than the one that was to be ended; it was not told");
        } catch (ServerFault fault) {
            if (!fault.kind().passing()) {
                throw fault;
            }
            return silent(run, server, fault, run.memory().machine().doubted());
        }
    }

    private Transition command(ServerRun run, Server server, Operation doing) {
        OperationId operation = identity(run);
        Optional<CommandEnding> before = machines.memory().ending(operation);
        if (before.isPresent()) {
            return commandEnded(run, doing, before.get());
        }
        Optional<MachineCommand> command = machines.commands().find(server, doing);
        if (command.isEmpty()) {
            return end.commandFailed(run, CheckMachine.missing(server, doing));
        }
        if (mayNotBegin(run) && !machines.memory().begun(operation)) {
            return notBegun(run);
        }
        Optional<String> snapshot = snapshot(run, doing);
        if (doing == Operation.CREATE_SNAPSHOT && !promised(run, snapshot.orElseThrow())) {
            return end.failed(run, "there is another snapshot of " + run.server() + " already");
        }
        fence.check(run);
        if (!machines.memory().begin(run.id(), operation, clock.instant())
                && !command.get().repeatable()) {
            return blind(run, doing, "Patchway was stopped while the command " + doing.word() + " ran");
        }
        CommandEnding ending = machines.runner()
                .run(
                        command.get().wordsFor(server, snapshot),
                        operation,
                        command.get().deadline());
        machines.memory().ended(operation, ending, clock.instant());
        return commandEnded(run, doing, ending);
    }

    private boolean promised(ServerRun run, String name) {
        Duration kept = Duration.ofDays(run.request().special().machine().snapshotDays());
        Instant asked = run.request().acceptedAt();
        return machines.snapshots().promise(run.id(), run.server(), name, asked, asked.plus(kept));
    }

    private static Optional<String> snapshot(ServerRun run, Operation doing) {
        return doing == Operation.CREATE_SNAPSHOT
                ? Optional.of(SnapshotName.of(run))
                : run.request().special().machine().snapshot();
    }

    private Transition commandEnded(ServerRun run, Operation doing, CommandEnding ending) {
        if (ending.kind() == CommandEnding.Kind.TIMED_OUT) {
            return blind(run, doing, "the command " + doing.word() + " took too long and was ended");
        }
        if (!ending.well()) {
            return end.commandFailed(run, MachineEnd.text(doing, ending));
        }
        return doing.isAboutSnapshots()
                ? end.succeeded(run, "the command " + doing.word() + " ended well")
                : told(run, run.memory().machine().heard());
    }

    /** Of a start the server itself will tell; of anything else nobody can. */
    private Transition blind(ServerRun run, Operation doing, String why) {
        if (doing == Operation.POWER_ON || doing == Operation.RESET) {
            return told(run, run.memory().machine().heard().doubted()).noting(why + "; waiting for the server");
        }
        return end.unknown(run, why + "; what it has done is not known");
    }

    private Transition told(ServerRun run, MachineMemory machine) {
        Operation doing = doing(run);
        RunMemory memory = run.memory().calm().operating(machine);
        return Transition.again(run, memory, clock.instant(), policy.poll())
                .noting(
                        doing == Operation.SHUT_DOWN
                                ? "shut-down command sent, waiting until it answers no more"
                                : "the command " + doing.word() + " ended well, waiting for its effect");
    }

    private Transition watch(ServerRun run, Server server, Operation doing) {
        boolean starts = doing == Operation.POWER_ON || doing == Operation.RESET;
        try {
            String boot = access.bootId(server);
            return starts ? seen(run, doing, boot) : stillThere(run, boot);
        } catch (ServerFault fault) {
            if (!fault.kind().passing()) {
                throw fault;
            }
            return starts ? lookAgain(run, fault.getMessage(), run.memory().machine()) : silent(run, server, fault);
        }
    }

    private Transition seen(ServerRun run, Operation doing, String boot) {
        if (doing == Operation.RESET && run.memory().bootId().equals(Optional.of(boot))) {
            return lookAgain(
                    run, "still runs the boot from before", run.memory().machine());
        }
        return end.succeeded(
                run.remembering(run.memory().seenBoot(boot)),
                doing == Operation.RESET ? "reset: it answers with a new boot id" : "started: it answers");
    }

    private Transition stillThere(ServerRun run, String boot) {
        if (run.memory().bootId().filter(before -> !before.equals(boot)).isPresent()) {
            return end.failed(run, "it was started again: it answers with a new boot id");
        }
        return lookAgain(run, "it still answers", run.memory().machine().answered());
    }

    private Transition silent(ServerRun run, Server server, ServerFault fault) {
        return silent(run, server, fault, run.memory().machine());
    }

    /** A refused login is an answer: a server that goes down refuses logins for a while. */
    private Transition silent(ServerRun run, Server server, ServerFault fault, MachineMemory machine) {
        if (fault.kind() != ServerFault.Kind.UNREACHABLE) {
            return lookAgain(run, fault.getMessage(), machine.answered());
        }
        Instant now = clock.instant();
        MachineMemory quiet = machine.silentAt(now);
        if (now.isBefore(quiet.silentSince().orElse(now).plus(machines.quiet()))) {
            return lookAgain(run, fault.getMessage(), quiet);
        }
        String silence = "it has not answered for " + machines.quiet().toSeconds() + " s";
        if (!quiet.told()) {
            return end.unknown(
                    run, silence + ", but whether the shut-down command arrived is not known: " + fault.getMessage());
        }
        PowerState state = doing(run) == Operation.PAUSE ? PowerState.PAUSED : PowerState.STOPPED;
        machines.states().remember(server.id(), state, now);
        return end.succeeded(run, (state == PowerState.PAUSED ? "paused: " : "stopped: ") + silence);
    }

    private Transition lookAgain(ServerRun run, String why, MachineMemory machine) {
        RunMemory memory = run.memory().failedAttempt(why).operating(machine);
        return Transition.again(run, memory, clock.instant(), policy.returnPause(memory.attempts()));
    }

    private boolean mayNotBegin(ServerRun run) {
        boolean forOthers = run.memory().machine().kept().isPresent();
        boolean mayHaveBegun = run.memory().machine().unsure();
        return !forOthers && !mayHaveBegun && (run.isCancelled() || run.isTooLate(clock.instant()));
    }

    private Transition notBegun(ServerRun run) {
        return run.isCancelled()
                ? end.cancelled(run, "not begun: " + run.clearance().reason())
                : end.failed(run, "not begun: the deadline passed before");
    }

    private static OperationId identity(ServerRun run) {
        return OperationId.ofMachine(run.id(), doing(run));
    }
}
