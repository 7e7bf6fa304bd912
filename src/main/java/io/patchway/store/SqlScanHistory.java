package io.patchway.store;

import io.patchway.run.ScanRecord;
import io.patchway.server.ServerId;
import java.util.Optional;

/** The scans that server runs kept. Thread-safe. */
public final class SqlScanHistory {
    private final Database database;

    public SqlScanHistory(Database database) {
        this.database = database;
    }

    /** The newest scan of a server. */
    public Optional<ScanRecord> latest(ServerId server) {
        return database.inTransaction(handle -> ScanRows.latest(handle, server));
    }
}
