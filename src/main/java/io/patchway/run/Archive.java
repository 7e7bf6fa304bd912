package io.patchway.run;

import java.time.Duration;
import java.time.Instant;

/** What retention removes from. Each call is one small transaction; what is still going on is never touched. */
public interface Archive {

    /**
     * Makes this node the one that prunes, or keeps it that.
     *
     * @return false when another node is
     */
    boolean takeDuty(Duration term, Instant now);

    /**
     * Removes details of at most so many runs of requests that ended before this moment, but no server's newest scan.
     *
     * @return whether there may be more
     */
    boolean pruneDetails(Instant endedBefore, int runs, Instant now);

    /**
     * Removes at most so many runs of requests that ended before this moment, and a request when it has none left.
     *
     * @return whether there may be more
     */
    boolean pruneHistory(Instant endedBefore, int runs, Instant now);

    /**
     * Removes the oldest entries of the audit log, at most so many, that were recorded before this moment; the last one
     * removed becomes the anchor from which the chain is verified.
     *
     * @return whether there may be more
     */
    boolean pruneAudit(Instant recordedBefore, int entries, Instant now);
}
