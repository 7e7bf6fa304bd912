package io.patchway.maintenance;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That a server is in maintenance mode: it is being worked on.
 *
 * @param since when it was entered
 * @param until when it expires; every mode does, so that nobody forgets a server in it
 * @param by who put the server into it; of a mode that a request entered, who asked for the request
 * @param reason why, for people
 * @param request the patch request whose run entered it, and leaves it after success; empty: a user's own setting,
 *     which no run touches
 */
public record MaintenanceMode(
        ServerId server, Instant since, Instant until, String by, String reason, Optional<UUID> request) {

    /** How the line of the time line of a run begins that says that its server stays in maintenance mode. */
    public static final String STAYS_ON = "maintenance mode stays on";

    /** Whether it is what a user wants of the server, and no run's. */
    public boolean isUsersOwn() {
        return request.isEmpty();
    }
}
