package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import java.util.UUID;

/**
 * What runs must have in common to see one approved set.
 *
 * @param snapshot chosen by whoever starts the runs
 * @param scope what picks the baseline on the operating system: a patch group, a baseline that was named, or nothing
 */
public record SnapshotKey(UUID snapshot, OperatingSystem operatingSystem, String scope) {

    /**
     * The key for a server.
     *
     * @param named whether the request or the server's entry in the inventory names the baseline
     */
    public static SnapshotKey of(
            UUID snapshot, Server server, OperatingSystem operatingSystem, StoredBaseline baseline, boolean named) {
        String scope = named
                ? "baseline " + baseline.id()
                : server.patchGroup().map(group -> "group " + group).orElse("");
        return new SnapshotKey(snapshot, operatingSystem, scope);
    }
}
