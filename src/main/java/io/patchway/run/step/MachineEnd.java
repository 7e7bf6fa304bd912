package io.patchway.run.step;

import io.patchway.run.HookMemory.Ending;
import io.patchway.run.MachineMemory;
import io.patchway.run.Operation;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.Machines;
import io.patchway.run.machine.PowerState;
import io.patchway.run.machine.SnapshotName;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What comes after something was done to a machine: the verdict of the run, when it was all that was asked for; else
 * the patching that it was done for, or the verdict that waited for it.
 */
final class MachineEnd {
    private static final int LONGEST_OUTPUT = 300;

    private final Machines machines;
    private final RunPolicy policy;
    private final Clock clock;

    MachineEnd(Machines machines, RunPolicy policy, Clock clock) {
        this.machines = machines;
        this.policy = policy;
        this.clock = clock;
    }

    Transition succeeded(ServerRun run, String note) {
        Operation doing = OperateMachine.doing(run);
        remember(run, doing);
        if (run.memory().machine().kept().isPresent()) {
            return leave(run, MachineMemory.PUT_BACK + ": " + note);
        }
        if (run.request().operation().isPatching()) {
            return startedFirst(run, note);
        }
        RunMemory memory = run.memory().calm();
        return Transition.to(
                RunState.SUCCEEDED,
                run,
                doing == Operation.RESET ? memory.rebooted(memory.bootId().orElse("")) : memory,
                clock.instant(),
                note);
    }

    Transition failed(ServerRun run, String why) {
        machines.snapshots()
                .of(run.server())
                .filter(snapshot -> OperateMachine.doing(run) == Operation.CREATE_SNAPSHOT)
                .filter(snapshot -> snapshot.name().equals(SnapshotName.of(run)))
                .ifPresent(snapshot -> machines.snapshots().gone(run.server(), snapshot.name()));
        return trouble(RunState.FAILED, run, why);
    }

    /**
     * The command failed, or there is none. A server that is not known to be powered off may be running all the same: a
     * run that is to patch it goes on waiting.
     */
    Transition commandFailed(ServerRun run, String why) {
        boolean onlyTried = run.request().operation().isPatching()
                && OperateMachine.doing(run) == Operation.POWER_ON
                && machines.states().stateOf(run.server()) == PowerState.STARTED;
        if (!onlyTried) {
            return failed(run, why);
        }
        Instant now = clock.instant();
        RunMemory memory = run.memory().operating(MachineMemory.NONE).failedAttempt(why);
        return Transition.to(RunState.PRECHECK, run, memory, now, why + "; waiting for the server")
                .endingBy(now.plus(PowerForRun.waitAfterTry(policy)));
    }

    Transition unknown(ServerRun run, String why) {
        return trouble(RunState.UNKNOWN, run, why);
    }

    Transition cancelled(ServerRun run, String why) {
        return trouble(RunState.CANCELLED, run, why);
    }

    private Transition trouble(RunState verdict, ServerRun run, String why) {
        if (run.memory().machine().kept().isPresent()) {
            return leave(run, MachineMemory.NOT_PUT_BACK + ": " + why);
        }
        return Transition.to(verdict, run, run.memory().failedAttempt(why), clock.instant(), why);
    }

    private void remember(ServerRun run, Operation doing) {
        Instant now = clock.instant();
        Optional<String> named = run.request().special().machine().snapshot();
        switch (doing) {
            case POWER_ON, RESET -> machines.states().remember(run.server(), PowerState.STARTED, now);
            case CREATE_SNAPSHOT -> machines.snapshots().made(run.server(), SnapshotName.of(run));
            case DELETE_SNAPSHOT -> machines.snapshots().gone(run.server(), named.orElse(""));
            default -> {
                // Whoever waited for the silence has remembered it.
            }
        }
    }

    private Transition startedFirst(ServerRun run, String note) {
        RunMemory memory = run.memory().calm();
        MachineMemory started = memory.machine().started();
        return Transition.to(RunState.PRECHECK, run, memory.operating(started), clock.instant(), note);
    }

    /** The verdict that waited, with what became of the machine. */
    Transition leave(ServerRun run, String remark) {
        Ending kept = run.memory().machine().kept().orElseThrow();
        RunMemory memory = run.memory().operating(MachineMemory.NONE).troubled(kept.lastError());
        return Transition.to(kept.verdict(), run, memory, clock.instant(), kept.note() + "; " + remark);
    }

    /** How a command went wrong, in one line. */
    static String text(Operation doing, CommandEnding ending) {
        String command = "the command " + doing.word();
        String said = ending.output().strip().replaceAll("\\s+", " ");
        String shown = said.length() > LONGEST_OUTPUT ? said.substring(said.length() - LONGEST_OUTPUT) : said;
        return ending.kind() == CommandEnding.Kind.NOT_STARTED
                ? command + " could not be started: " + shown
                : command + " ended with status " + ending.status() + (shown.isEmpty() ? "" : ": " + shown);
    }
}
