package io.patchway.maintenance;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One change of the maintenance mode of a server. Changes are only ever added.
 *
 * @param number its number, from the same row as those of executions; an id of CenturyLink Cloud ends with it
 * @param by who did it
 * @param reason why, for people
 * @param request the patch request behind it; empty when there was none
 * @param until when the mode expires from then on; empty when the server is in none any more
 */
public record MaintenanceChange(
        long number,
        ServerId server,
        Kind kind,
        Instant at,
        String by,
        String reason,
        Optional<UUID> request,
        Optional<Instant> until) {

    /** What was changed. */
    public enum Kind {
        /** The server was in no maintenance mode, and now is. */
        ENTERED,
        /** It stays in it, but somebody else's, or with another end. */
        TAKEN_OVER,
        /** The run that entered it did not succeed, and so did not leave it. */
        LEFT_ON,
        LEFT,
        /** Nobody ended it in time. */
        EXPIRED
    }
}
