package io.patchway.store;

import io.patchway.run.ScanHistory;
import io.patchway.run.StoredScan;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.RowView;

/** The scans that server runs kept. Thread-safe. */
public final class SqlScanHistory implements ScanHistory {
    private final Database database;

    public SqlScanHistory(Database database) {
        this.database = database;
    }

    @Override
    public Optional<StoredScan> latest(ServerId server) {
        return database.inTransaction(handle -> handle.createQuery("""
            select server_id, document from scan
            where server_id = :server order by taken_at desc, id desc limit 1
            """)
                .bind("server", server.value())
                .map(SqlScanHistory::scan)
                .findOne());
    }

    @Override
    public List<StoredScan> newestOfEach(Instant from, Instant before, Optional<ServerId> behind, int most) {
        return database.inTransaction(handle -> handle.createQuery("""
            select server_id, document from scan where id in (
                select max(id) from scan
                where taken_at >= :from and taken_at < :before and server_id > :behind
                group by server_id order by server_id limit :most)
            order by server_id
            """)
                .bind("from", from)
                .bind("before", before)
                .bind("behind", behind.map(ServerId::value).orElse(""))
                .bind("most", most)
                .map(SqlScanHistory::scan)
                .list());
    }

    private static StoredScan scan(RowView row) {
        return new StoredScan(
                new ServerId(row.getColumn("server_id", String.class)),
                ScanDocument.read(row.getColumn("document", byte[].class)));
    }
}
