package io.patchway.maintenance;

import io.patchway.SettableClock;
import io.patchway.config.ListedServers;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlMaintenanceModes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Three servers whose maintenance modes are kept in a database of their own; one is another account's. */
public final class MaintainedServers implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final Duration LONGEST = Duration.ofHours(24);
    public static final ServerId WEB = new ServerId("wa1aliasserv0101");
    public static final ServerId DATABASE = new ServerId("wa1aliasserv0102");
    public static final ServerId FOREIGN = new ServerId("wa1otherserv0101");

    public final SettableClock clock = new SettableClock(NOON);
    public final Database database;
    public final ListedServers files =
            new ListedServers(List.of(server(WEB, "ALIAS"), server(DATABASE, "ALIAS"), server(FOREIGN, "OTHER")));
    public final MarkedInventory inventory;
    public final MaintenanceModes modes;

    public MaintainedServers(Path folder) {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("maintained")));
        SqlMaintenanceModes stored = new SqlMaintenanceModes(database, "node-1", LONGEST);
        inventory = new MarkedInventory(files, stored, clock);
        modes = new ToldModes(stored, inventory::lookAgain);
    }

    /** A user puts a server into maintenance mode. */
    public void enter(ServerId server, Optional<Instant> until) {
        modes.set(Map.of(server, MaintenanceOrder.enter("alice", "new disk", until)), clock.instant());
    }

    private static Server server(ServerId id, String alias) {
        return new Server(
                id,
                id.value(),
                Set.of(),
                Map.of("team", "ops", MarkedInventory.TAG, "from the file"),
                Optional.empty(),
                false,
                Optional.of(alias),
                Optional.empty(),
                new ConnectionSettings.Local());
    }

    @Override
    public void close() {
        database.close();
    }
}
