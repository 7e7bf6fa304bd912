package io.patchway.store;

import io.patchway.run.machine.BusyServers;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;

/** Which servers are worked on, in a database. Thread-safe. */
public final class SqlBusyServers implements BusyServers {
    private final Database database;
    private final Clock clock;

    public SqlBusyServers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Set<ServerId> among(Collection<ServerId> servers) {
        return database.inTransaction(handle -> BusyRows.among(handle, servers, clock.instant()));
    }
}
