package io.patchway.run;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The scans that server runs kept. */
public interface ScanHistory {

    /** The newest scan of a server; empty when it was never scanned. */
    Optional<StoredScan> latest(ServerId server);

    /**
     * The newest scan of each server among those that were taken in a span of time, ordered by server.
     *
     * @param from first instant that counts
     * @param before first instant that counts no more
     * @param behind only servers that come after this one; empty: from the first
     * @param most entries in the answer
     */
    List<StoredScan> newestOfEach(Instant from, Instant before, Optional<ServerId> behind, int most);
}
