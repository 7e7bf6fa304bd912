package io.patchway.run.machine;

import io.patchway.run.Operation;
import io.patchway.server.Server;
import java.util.Optional;

/** The commands that the operator gave for machines. */
@FunctionalInterface
public interface MachineCommands {
    /** There is none. */
    MachineCommands NONE = (server, operation) -> Optional.empty();

    /** The command that does this to the machine of the server; empty when there is none. */
    Optional<MachineCommand> find(Server server, Operation operation);
}
