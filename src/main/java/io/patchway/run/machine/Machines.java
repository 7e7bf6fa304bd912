package io.patchway.run.machine;

import java.time.Duration;

/**
 * Everything that is needed to operate machines.
 *
 * @param quiet how long a server must not answer to be taken for stopped
 */
public record Machines(
        MachineCommands commands,
        CommandRunner runner,
        CommandMemory memory,
        PowerStates states,
        Snapshots snapshots,
        Duration quiet) {

    /** No command, and nothing is remembered; what a login can do is done all the same. */
    public static final Machines NONE = new Machines(
            MachineCommands.NONE,
            (words, operation, deadline) -> new CommandEnding(CommandEnding.Kind.NOT_STARTED, 0, "there is no command"),
            NothingRemembered.COMMANDS,
            NothingRemembered.STATES,
            NothingRemembered.SNAPSHOTS,
            Duration.ofSeconds(30));
}
