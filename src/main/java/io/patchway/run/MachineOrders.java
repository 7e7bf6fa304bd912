package io.patchway.run;

import java.util.Optional;

/**
 * What a request says about the machines of its servers.
 *
 * @param powerOn whether a server that is powered off is started first, and powered off again when its run ends
 * @param snapshot the name of the snapshot that is created, restored or deleted; empty: of none
 * @param snapshotDays after how many days the created snapshot is deleted; 0 when none is created
 */
public record MachineOrders(boolean powerOn, Optional<String> snapshot, int snapshotDays) {
    /** Nothing is said about them. */
    public static final MachineOrders NONE = new MachineOrders(false, Optional.empty(), 0);

    /** Servers that are powered off are started for the time of the run. */
    public static final MachineOrders POWER_ON_FIRST = new MachineOrders(true, Optional.empty(), 0);

    /** Of a request that creates a snapshot on each server, under a name of the server's own. */
    public static MachineOrders keptFor(int days) {
        return new MachineOrders(false, Optional.empty(), days);
    }

    /** Of a request about one snapshot. */
    public static MachineOrders about(String snapshot) {
        return new MachineOrders(false, Optional.of(snapshot), 0);
    }
}
