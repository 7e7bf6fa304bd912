package io.patchway.api.clc.discovery;

import io.patchway.server.Server;
import java.util.List;

/**
 * What is known of a machine beside its patches.
 *
 * @param powerState {@code started}, {@code stopped} or {@code paused}
 * @param snapshots names of its snapshots
 */
public record Machine(String powerState, boolean inMaintenanceMode, List<String> snapshots) {
    /** A machine of which nobody has said anything else. */
    public static final Machine STARTED = new Machine("started", false, List.of());

    public Machine {
        snapshots = List.copyOf(snapshots);
    }

    /** Who knows it. */
    @FunctionalInterface
    public interface Watcher {
        Machine of(Server server);
    }
}
