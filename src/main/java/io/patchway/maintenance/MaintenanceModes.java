package io.patchway.maintenance;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which servers are in maintenance mode, and how that came about. Each change is told to the audit log in the same
 * transaction. Thread-safe; any number of nodes may share it.
 *
 * <p>Runs enter and leave it through the run ledger, together with the step that does so.
 */
public interface MaintenanceModes {

    /** The mode that a server is in; empty when it is in none. */
    Optional<MaintenanceMode> of(ServerId server);

    /** The modes of all servers that are in one, ordered by server. */
    List<MaintenanceMode> all();

    /**
     * Does what users want, of all servers or of none. A mode that a run entered becomes the user's own. Who wants what
     * is so already, and names no other end, changes nothing.
     *
     * @return by server, the number of the change; servers of which nothing was changed are not among them
     */
    Map<ServerId, Long> set(Map<ServerId, MaintenanceOrder> orders, Instant now);

    /**
     * Ends what is over, on whichever node comes first, but never what a run that still works on its server entered.
     *
     * @return the modes that were ended by this call
     */
    List<MaintenanceMode> expire(Instant now);

    /** The changes of a server, the newest first. */
    List<MaintenanceChange> history(ServerId server, int most);

    /** The change with a number; empty when the number stands for something else, or for nothing. */
    Optional<MaintenanceChange> change(long number);

    /** Servers that the runs of a request left in maintenance mode because they did not succeed, ordered by id. */
    List<ServerId> leftOnBy(UUID request);
}
