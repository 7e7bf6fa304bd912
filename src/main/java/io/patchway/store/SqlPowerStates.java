package io.patchway.store;

import io.patchway.run.machine.PowerState;
import io.patchway.run.machine.PowerStates;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which machines are not started, in a database. Thread-safe. */
public final class SqlPowerStates implements PowerStates {
    private final Database database;

    public SqlPowerStates(Database database) {
        this.database = database;
    }

    @Override
    public PowerState stateOf(ServerId server) {
        return database.inTransaction(
                handle -> handle.createQuery("select state from machine_state where server_id = :server")
                        .bind("server", server.value())
                        .mapTo(PowerState.class)
                        .findOne()
                        .orElse(PowerState.STARTED));
    }

    @Override
    public void remember(ServerId server, PowerState state, Instant now) {
        try {
            database.inTransaction(handle -> replace(handle, server, state, now));
        } catch (RuntimeException e) {
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
            database.inTransaction(handle -> replace(handle, server, state, now));
        }
    }

    private static boolean replace(Handle handle, ServerId server, PowerState state, Instant now) {
        handle.createUpdate("delete from machine_state where server_id = :server")
                .bind("server", server.value())
                .execute();
        if (state == PowerState.STARTED) {
            return false;
        }
        return handle.createUpdate("""
            insert into machine_state (server_id, state, since) values (:server, :state, :now)
            """)
                        .bind("server", server.value())
                        .bind("state", state)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    @Override
    public List<ServerId> notStarted() {
        return database.inTransaction(handle -> handle.createQuery("select server_id from machine_state order by since")
                .mapTo(String.class)
                .map(ServerId::new)
                .list());
    }
}
