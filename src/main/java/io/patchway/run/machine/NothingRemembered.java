package io.patchway.run.machine;

import io.patchway.run.OperationId;
import io.patchway.run.RunId;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The memories of a Patchway that operates no machines. */
final class NothingRemembered {
    static final CommandMemory COMMANDS = new CommandMemory() {
        @Override
        public boolean begin(RunId run, OperationId operation, Instant now) {
            return true;
        }

        @Override
        public boolean begun(OperationId operation) {
            return false;
        }

        @Override
        public void ended(OperationId operation, CommandEnding ending, Instant now) {}

        @Override
        public Optional<CommandEnding> ending(OperationId operation) {
            return Optional.empty();
        }
    };

    static final PowerStates STATES = new PowerStates() {
        @Override
        public PowerState stateOf(ServerId server) {
            return PowerState.STARTED;
        }

        @Override
        public void remember(ServerId server, PowerState state, Instant now) {}

        @Override
        public List<ServerId> notStarted() {
            return List.of();
        }
    };

    static final Snapshots SNAPSHOTS = new Snapshots() {
        @Override
        public Optional<Snapshot> of(ServerId server) {
            return Optional.empty();
        }

        @Override
        public boolean promise(RunId run, ServerId server, String name, Instant now, Instant expiresAt) {
            return false;
        }

        @Override
        public void made(ServerId server, String name) {}

        @Override
        public void gone(ServerId server, String name) {}

        @Override
        public List<Snapshot> claimExpired(int limit, Duration again, Instant now) {
            return List.of();
        }
    };

    private NothingRemembered() {}
}
