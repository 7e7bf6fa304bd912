package io.patchway.run;

import io.patchway.run.HookMemory.Ending;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server run knows of the machine that it operates.
 *
 * @param doing what is being done to the machine while the run is OPERATING; empty before that
 * @param told whether the machine has been told for certain; what is left is to see it happen
 * @param unsure whether it may have been told although nobody heard so
 * @param silentSince since when the server has not answered; empty when it has
 * @param putBack what takes the machine back, when the run ends, to the state in which the run found it; empty: nothing
 * @param kept how the run ends as soon as the machine is back in that state; empty before that
 * @param leftOn whether the machine was started for this run and stays on when it ends
 */
public record MachineMemory(
        Optional<Operation> doing,
        boolean told,
        boolean unsure,
        Optional<Instant> silentSince,
        Optional<Operation> putBack,
        Optional<Ending> kept,
        boolean leftOn) {

    /** Nothing is done to the machine. */
    public static final MachineMemory NONE = new MachineMemory(
            Optional.empty(), false, false, Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** How the remark of a time line begins whose machine was started for the run and is off again. */
    public static final String PUT_BACK = "its machine is as it was before the run";

    /** How it begins when that went wrong. */
    public static final String NOT_PUT_BACK = "its machine is not as it was before the run";

    /** How it begins when that was not tried. */
    public static final String LEFT = "it was powered off before the run";

    /** What it says of a machine that was started because it did not answer, or that cannot be powered off again. */
    public static final String LEFT_ON = "its machine is left on";

    /** What a line of a time line says about a machine that was started for the run; empty when it says nothing. */
    public static Optional<String> powerRemark(String note) {
        return Stream.of(PUT_BACK, NOT_PUT_BACK, LEFT, LEFT_ON)
                .filter(note::contains)
                .findFirst()
                .map(begin -> note.substring(note.indexOf(begin)));
    }

    /** This is about to be done; nothing of it has happened. */
    public MachineMemory about(Operation operation) {
        return new MachineMemory(Optional.of(operation), false, false, Optional.empty(), putBack, kept, leftOn);
    }

    public MachineMemory heard() {
        return new MachineMemory(doing, true, unsure, silentSince, putBack, kept, leftOn);
    }

    public MachineMemory doubted() {
        return new MachineMemory(doing, told, true, silentSince, putBack, kept, leftOn);
    }

    /** The server does not answer at {@code now}, perhaps for some time already. */
    public MachineMemory silentAt(Instant now) {
        return new MachineMemory(doing, told, unsure, silentSince.or(() -> Optional.of(now)), putBack, kept, leftOn);
    }

    /** The server answers. */
    public MachineMemory answered() {
        return new MachineMemory(doing, told, unsure, Optional.empty(), putBack, kept, leftOn);
    }

    /** The machine is started for this run, and put back when that ends. */
    public MachineMemory startedFirst(Operation toPutBack) {
        return new MachineMemory(
                Optional.empty(), false, false, Optional.empty(), Optional.of(toPutBack), Optional.empty(), false);
    }

    /** The machine was started for this run, and what it is to be afterwards is what {@link #putBack} says. */
    public MachineMemory started() {
        return new MachineMemory(
                Optional.empty(), false, false, Optional.empty(), putBack, Optional.empty(), putBack.isEmpty());
    }

    /** The verdict waits until the machine is back in its state. */
    public MachineMemory keeping(Ending ending) {
        return new MachineMemory(doing, told, unsure, silentSince, putBack, Optional.of(ending), leftOn);
    }
}
