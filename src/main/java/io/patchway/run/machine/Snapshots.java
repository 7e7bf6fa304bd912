package io.patchway.run.machine;

import io.patchway.run.RunId;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers the snapshots of machines, one of each machine at most. */
public interface Snapshots {

    Optional<Snapshot> of(ServerId server);

    /**
     * Notes a snapshot that is about to be made; nobody knows yet whether it will be.
     *
     * @return false when there is one of this machine already, from another run
     */
    boolean promise(RunId run, ServerId server, String name, Instant now, Instant expiresAt);

    /** The snapshot was made. */
    void made(ServerId server, String name);

    /** It was not made, or is deleted. */
    void gone(ServerId server, String name);

    /**
     * Takes the snapshots whose time is over, each for one node only until {@code again} has passed; longer for one
     * whose time is over for longer than that, so that the pause doubles each time, up to a day.
     *
     * @param again when it is tried again at first if it is still there by then
     */
    List<Snapshot> claimExpired(int limit, Duration again, Instant now);
}
