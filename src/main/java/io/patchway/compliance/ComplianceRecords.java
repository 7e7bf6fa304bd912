package io.patchway.compliance;

import io.patchway.run.BadCursorException;
import io.patchway.run.Page;
import io.patchway.run.ScanRecord;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What scans said of servers. A scan under a baseline other than the server's own is kept, but never the one in force.
 */
public interface ComplianceRecords {

    /** The scan that tells a server's compliance: the newest that its own baseline decided. */
    Optional<ScanSummary> inForce(ServerId server);

    /** The same for some servers, in any order; those that were never scanned are left out. */
    List<ScanSummary> inForce(Collection<ServerId> servers);

    /** Those of the servers that need a reboot, as the scan in force says. */
    Set<ServerId> rebootDue(Collection<ServerId> servers);

    /**
     * Every scan of a server that is kept, the newest first.
     *
     * @throws BadCursorException when the cursor is none of this list
     */
    Page<ScanSummary> history(ServerId server, Optional<String> cursor, int limit);

    /** One scan of a server. */
    Optional<ScanSummary> find(ServerId server, long scan);

    /** Everything that a scan found; empty when retention has removed it. */
    Optional<ScanRecord> details(long scan);
}
