package io.patchway.run.machine;

import io.patchway.audit.AuditLog;
import java.util.Optional;
import java.util.Set;

/**
 * Forgets snapshots that Patchway cannot delete, so that they keep their servers from nothing; whoever has one
 * forgotten looks after it.
 */
public final class ForgottenSnapshots {
    private final Snapshots snapshots;
    private final BusyServers busy;
    private final AuditLog audit;

    public ForgottenSnapshots(Snapshots snapshots, BusyServers busy, AuditLog audit) {
        this.snapshots = snapshots;
        this.busy = busy;
        this.audit = audit;
    }

    /**
     * Forgets a snapshot, unless something is being done on its server, which may be about that snapshot.
     *
     * @param by who wants that, for the audit log
     * @param why for people
     * @return why it was not forgotten; empty when it was
     */
    public Optional<String> forget(Snapshot snapshot, String by, String why) {
        if (!busy.among(Set.of(snapshot.server())).isEmpty()) {
            return Optional.of(MachineJudge.BUSY);
        }
        audit.record(by, "snapshot.forgotten", "server " + snapshot.server(), snapshot.name() + ", " + why);
        snapshots.gone(snapshot.server(), snapshot.name());
        return Optional.empty();
    }
}
