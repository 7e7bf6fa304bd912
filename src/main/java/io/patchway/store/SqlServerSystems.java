package io.patchway.store;

import io.patchway.run.ServerSystems;
import io.patchway.scan.HostFacts;
import io.patchway.scan.HostProduct;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** What the newest scans found servers to run, in a database. Thread-safe. */
public final class SqlServerSystems implements ServerSystems {
    private static final String NONE = "";

    private final Database database;

    public SqlServerSystems(Database database) {
        this.database = database;
    }

    @Override
    public Map<ServerId, Optional<OperatingSystem>> ofScanned(Collection<ServerId> servers) {
        Map<ServerId, Optional<OperatingSystem>> systems = new HashMap<>();
        for (List<String> chunk :
                Chunks.of(servers.stream().map(ServerId::value).toList())) {
            database.inTransaction(handle -> rows(handle, chunk))
                    .forEach(row -> systems.put(row.server(), row.system()));
        }
        return systems;
    }

    /** How the table has the operating system of a host. */
    static String column(HostFacts host) {
        return HostProduct.of(host)
                .map(product -> product.operatingSystem().name())
                .orElse(NONE);
    }

    private static List<Row> rows(Handle handle, List<String> servers) {
        return handle.createQuery("""
            select server_id, operating_system from server_standing
            where server_id in (<servers>) and operating_system is not null
            """)
                .bindList("servers", servers)
                .map(SqlServerSystems::row)
                .list();
    }

    private static Row row(RowView row) {
        return new Row(
                new ServerId(row.getColumn("server_id", String.class)),
                Optional.of(row.getColumn("operating_system", String.class))
                        .filter(name -> !name.equals(NONE))
                        .map(OperatingSystem::valueOf));
    }

    private record Row(ServerId server, Optional<OperatingSystem> system) {}
}
