package io.patchway.store;

import io.patchway.run.machine.BusyServers;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Which servers have runs that have not ended, in a database. Thread-safe. */
public final class SqlBusyServers implements BusyServers {
    private final Database database;

    public SqlBusyServers(Database database) {
        this.database = database;
    }

    @Override
    public Set<ServerId> among(Collection<ServerId> servers) {
        if (servers.isEmpty()) {
            return Set.of();
        }
        return database.inTransaction(handle -> handle.createQuery("""
            select distinct server_id from server_run where ended_at is null and server_id in (<servers>)
            """)
                .bindList("servers", servers.stream().map(ServerId::value).toList())
                .mapTo(String.class)
                .map(ServerId::new)
                .collect(Collectors.toSet()));
    }
}
