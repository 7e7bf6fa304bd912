package io.patchway.store;

import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ServerStanding;
import io.patchway.scan.ScanResult;
import io.patchway.server.ServerId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows with what is remembered of a server from one run to the next. */
final class StandingRows {
    private StandingRows() {}

    static ServerStanding of(Handle handle, ServerId server) {
        return handle.createQuery("select standing from server_standing where server_id = :server")
                .bind("server", server.value())
                .mapTo(String.class)
                .findOne()
                .map(text -> JsonText.read(text, ServerStanding.class))
                .orElse(ServerStanding.UNKNOWN);
    }

    /** Remembers a server as of a scan, and the scan as the one in force unless another baseline decided it. */
    static void update(Handle handle, ServerId server, long scan, ScanResult result, ScanOccasion occasion) {
        String system = SqlServerSystems.column(result.host());
        Optional<Long> inForce = Optional.of(scan).filter(own -> !occasion.otherBaseline());
        boolean unrebooted = occasion.operation() == Operation.INSTALL && occasion.rebootOption() == RebootOption.NEVER;
        String standing = JsonText.of(occasion.standing());
        int updated = handle.createUpdate("""
            update server_standing set standing = :standing, operating_system = :system, scan_id = coalesce(:scan, scan_id),
                unrebooted_at = coalesce(:unrebootedAt, unrebooted_at)
            where server_id = :server
            """)
                .bind("server", server.value())
                .bind("standing", standing)
                .bind("system", system)
                .bind("scan", inForce)
                .bind("unrebootedAt", Optional.of(result.takenAt()).filter(at -> unrebooted))
                .execute();
        if (updated == 0) {
            handle.createUpdate("""
                insert into server_standing (server_id, scan_id, unrebooted_at, standing, operating_system)
                values (:server, :scan, :unrebootedAt, :standing, :system)
                """)
                    .bind("server", server.value())
                    .bind("standing", standing)
                    .bind("system", system)
                    .bind("scan", inForce)
                    .bind("unrebootedAt", Optional.of(result.takenAt()).filter(at -> unrebooted))
                    .execute();
        }
    }
}
