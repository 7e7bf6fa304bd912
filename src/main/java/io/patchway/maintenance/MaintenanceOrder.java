package io.patchway.maintenance;

import java.time.Instant;
import java.util.Optional;

/**
 * What a user wants of the maintenance mode of servers.
 *
 * @param on whether they shall be in it
 * @param by who wants it
 * @param reason why, for people
 * @param until when it shall expire; empty: after the longest time of a mode that is set without an end. Of no meaning
 *     for leaving it
 */
public record MaintenanceOrder(boolean on, String by, String reason, Optional<Instant> until) {

    /** An order to enter it. */
    public static MaintenanceOrder enter(String by, String reason, Optional<Instant> until) {
        return new MaintenanceOrder(true, by, reason, until);
    }

    /** An order to leave it. */
    public static MaintenanceOrder leave(String by, String reason) {
        return new MaintenanceOrder(false, by, reason, Optional.empty());
    }
}
