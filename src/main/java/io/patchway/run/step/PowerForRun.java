package io.patchway.run.step;

import io.patchway.run.HookMemory.Ending;
import io.patchway.run.MachineMemory;
import io.patchway.run.Operation;
import io.patchway.run.OperationId;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.machine.MachineCommand;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.PowerState;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts a machine that is powered off, so that it can be patched, and keeps the verdict back until its power is as it
 * was before.
 */
final class PowerForRun {
    /** So many looks are taken before a server is started, even when Patchway itself was down for long. */
    private static final int LEAST_ATTEMPTS = 3;

    private final Machines machines;
    private final MachineEnd end;
    private final RunPolicy policy;
    private final Clock clock;

    PowerForRun(Machines machines, RunPolicy policy, Clock clock) {
        this.machines = machines;
        this.end = new MachineEnd(machines, policy, clock);
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The way to a start, when the request wants that: at once of a server that is remembered as powered off, of any
     * other one when it has not answered for most of the time that it has. That may be the network's fault, so such a
     * server is not powered off at the end.
     */
    Optional<Transition> startFirst(ServerRun run, Server server, ServerFault fault) {
        if (fault.kind() != ServerFault.Kind.UNREACHABLE || !isWanted(run) || server.scanOnly()) {
            return Optional.empty();
        }
        PowerState known = machines.states().stateOf(server.id());
        if (known == PowerState.STARTED && !isSilentForLong(run)) {
            return Optional.empty();
        }
        return machines.commands()
                .find(server, Operation.POWER_ON)
                .map(command -> start(run, command, putBack(server, known)));
    }

    /** Not again after a start of this run, well or not. */
    private boolean isWanted(ServerRun run) {
        MachineMemory machine = run.memory().machine();
        return run.request().special().machine().powerOn()
                && machine.putBack().isEmpty()
                && !machine.leftOn()
                && !machines.memory().begun(OperationId.ofMachine(run.id(), Operation.POWER_ON));
    }

    private boolean isSilentForLong(ServerRun run) {
        Instant longAgo = clock.instant().minus(policy.startDeadline()).plus(waitAfterTry(policy));
        return run.memory().attempts() >= LEAST_ATTEMPTS
                && run.memory()
                        .machine()
                        .silentSince()
                        .filter(since -> !since.isAfter(longAgo))
                        .isPresent();
    }

    /** The rest of the start deadline when a start is tried of a server that merely does not answer. */
    static Duration waitAfterTry(RunPolicy policy) {
        return policy.startDeadline().dividedBy(4);
    }

    /** The run with the time since when its server has not answered, while it may come to a start for that. */
    ServerRun noting(ServerRun run, ServerFault fault) {
        if (run.state() != RunState.PRECHECK || !run.request().operation().isPatching() || !isWanted(run)) {
            return run;
        }
        MachineMemory machine = run.memory().machine();
        return run.remembering(run.memory()
                .operating(
                        fault.kind() == ServerFault.Kind.UNREACHABLE
                                ? machine.silentAt(clock.instant())
                                : machine.answered()));
    }

    /** Empty: it is left on. A server that cannot be told to shut down is powered off where there is a command. */
    private Optional<Operation> putBack(Server server, PowerState known) {
        return switch (known) {
            case STARTED -> Optional.empty();
            case PAUSED -> Optional.of(Operation.PAUSE);
            case STOPPED ->
                server.heedsShutDown()
                        ? Optional.of(Operation.SHUT_DOWN)
                        : machines.commands().find(server, Operation.POWER_OFF).map(MachineCommand::operation);
        };
    }

    private Transition start(ServerRun run, MachineCommand command, Optional<Operation> putBack) {
        MachineMemory machine = putBack.map(MachineMemory.NONE::startedFirst)
                .orElse(MachineMemory.NONE)
                .about(Operation.POWER_ON);
        Instant now = clock.instant();
        return Transition.to(
                        RunState.OPERATING,
                        run,
                        run.memory().calm().operating(machine),
                        now,
                        "it does not answer: about to run the command powerOn")
                .endingBy(now.plus(command.deadline()).plus(policy.returnDeadline()));
    }

    /** What a step decided, or in the place of a verdict, the way back to the power state from before. */
    Transition of(ServerRun run, Transition decided) {
        MachineMemory machine = run.memory().machine();
        if (!decided.next().ended() || !run.request().operation().isPatching()) {
            return decided;
        }
        if (machine.kept().isPresent()) {
            // What ended it was the restoring itself, unless it comes from the restoring with the verdict that waited.
            return decided.memory().machine().kept().isEmpty()
                    ? decided
                    : end.leave(
                            run,
                            MachineMemory.NOT_PUT_BACK + ": " + decided.note().orElse("no answer"));
        }
        if (decided.memory().machine().leftOn()) {
            return decided.noting(decided.note().orElse("") + "; " + MachineMemory.LEFT_ON);
        }
        return decided.memory()
                .machine()
                .putBack()
                .filter(operation -> run.state() != RunState.OPERATING)
                .map(operation -> putBack(decided, operation))
                .orElse(decided);
    }

    private Transition putBack(Transition decided, Operation operation) {
        String note = decided.note().orElse("");
        if (decided.deadline().isPresent() || decided.next() == RunState.UNKNOWN) {
            return decided.noting(note + "; " + MachineMemory.LEFT + " and is left as it is");
        }
        RunMemory memory = decided.memory();
        Ending ending = new Ending(decided.next(), note, memory.lastError());
        Instant now = clock.instant();
        return decided.leadingTo(
                        RunState.OPERATING,
                        memory.calm()
                                .operating(memory.machine().about(operation).keeping(ending)))
                .noting(note + "; first its machine is put back: " + operation.word())
                .notBefore(now)
                .endingBy(now.plus(machines.quiet()).plus(policy.returnDeadline()));
    }
}
