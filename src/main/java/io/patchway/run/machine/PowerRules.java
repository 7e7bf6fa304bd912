package io.patchway.run.machine;

import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.server.Server;
import java.util.Optional;

/** What can be done to a machine in which state. */
final class PowerRules {
    private final Machines machines;

    PowerRules(Machines machines) {
        this.machines = machines;
    }

    /** Why it cannot be done at all; empty when it can. */
    Optional<String> objection(Server server, Operation operation, MachineOrders orders) {
        if (server.scanOnly()) {
            return Optional.of("is for scans only (scanOnly in the inventory)");
        }
        if (operation.isFromOutside()
                && machines.commands().find(server, operation).isEmpty()) {
            return Optional.of("has no command " + operation.word() + " in config/machines.yaml");
        }
        if (operation == Operation.SHUT_DOWN && !server.heedsShutDown()) {
            String kind = server.runsWindows() ? "is a Windows server" : "is patched by another site";
            return Optional.of(kind + ", which cannot be shut down; powerOff can be, with a command");
        }
        Optional<String> snapshot = machines.snapshots().of(server.id()).map(Snapshot::name);
        return switch (operation) {
            case CREATE_SNAPSHOT -> snapshot.map(name -> "has a snapshot already: " + name);
            case RESTORE_SNAPSHOT, DELETE_SNAPSHOT ->
                snapshot.equals(orders.snapshot()) ? Optional.empty() : Optional.of("has no such snapshot");
            default -> Optional.empty();
        };
    }

    /** Whether the state is what the operation would bring. */
    static boolean isSoAlready(Operation operation, PowerState state) {
        return switch (operation) {
            case POWER_ON -> state == PowerState.STARTED;
            case SHUT_DOWN, POWER_OFF -> state == PowerState.STOPPED;
            case PAUSE -> state == PowerState.PAUSED;
            default -> false;
        };
    }

    /** Why it cannot be done in this state; empty when it can. */
    static Optional<String> objection(Operation operation, PowerState state) {
        boolean needsStarted = operation == Operation.REBOOT
                || operation == Operation.SHUT_DOWN
                || operation == Operation.PAUSE
                || (operation == Operation.RESET && state == PowerState.STOPPED);
        return needsStarted && state != PowerState.STARTED
                ? Optional.of(state == PowerState.PAUSED ? "is paused" : "is powered off")
                : Optional.empty();
    }
}
