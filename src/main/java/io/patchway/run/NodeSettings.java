package io.patchway.run;

import java.time.Duration;

/**
 * How one node takes part in the work.
 *
 * @param name tells the node's claims from those of other nodes; no two nodes on one database may share it
 * @param places how many steps it works on at once
 * @param lease how long a claim lasts when it is not renewed; after that another node takes the run over
 * @param sharedWire whether a ticket may reach another node than the one that claimed, or come more than once
 */
public record NodeSettings(String name, int places, Duration lease, boolean sharedWire) {
    /** How often a lease is renewed before it would run out. */
    private static final int RENEWALS = 3;

    /** Time between two renewals. */
    public Duration renewPeriod() {
        return lease.dividedBy(RENEWALS);
    }
}
