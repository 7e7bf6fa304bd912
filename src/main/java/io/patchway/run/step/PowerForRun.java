package io.patchway.run.step;

import io.patchway.run.HookMemory.Ending;
import io.patchway.run.MachineMemory;
import io.patchway.run.Operation;
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
import java.time.Instant;
import java.util.Optional;

/**
 * Starts a machine that is powered off, so that it can be patched, and keeps the verdict back until its power is as it
 * was before.
 */
final class PowerForRun {
    private final Machines machines;
    private final MachineEnd end;
    private final RunPolicy policy;
    private final Clock clock;

    PowerForRun(Machines machines, RunPolicy policy, Clock clock) {
        this.machines = machines;
        this.end = new MachineEnd(machines, clock);
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The way to a start, when the request wants that and the server may well be powered off: it was, when Patchway
     * last heard of it, or it did not answer twice.
     */
    Optional<Transition> startFirst(ServerRun run, Server server, ServerFault fault) {
        if (fault.kind() != ServerFault.Kind.UNREACHABLE
                || !run.request().special().machine().powerOn()
                || run.memory().machine().putBack().isPresent()
                || server.scanOnly()) {
            return Optional.empty();
        }
        PowerState known = machines.states().stateOf(server.id());
        if (known == PowerState.STARTED && run.memory().attempts() == 0) {
            return Optional.empty();
        }
        return machines.commands()
                .find(server, Operation.POWER_ON)
                .map(command ->
                        start(run, command, known == PowerState.PAUSED ? Operation.PAUSE : Operation.SHUT_DOWN));
    }

    private Transition start(ServerRun run, MachineCommand command, Operation putBack) {
        MachineMemory machine = MachineMemory.NONE.startedFirst(putBack).about(Operation.POWER_ON);
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
