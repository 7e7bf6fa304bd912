package io.patchway.run.machine;

import io.patchway.audit.AuditLog;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm.Origin;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then: whether machines that were stopped run again, and which snapshots are to be deleted. */
public final class MachineWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MachineWatch.class);
    private static final int MOST_AT_ONCE = 100;
    private static final Duration TRIED_AGAIN = Duration.ofHours(1);
    private static final String REQUESTER = "patchway";

    private final Inventory inventory;
    private final Machines machines;
    private final MachineDesk desk;
    private final ForgottenSnapshots forgotten;
    private final Probe probe;
    private final Clock clock;

    public MachineWatch(
            Inventory inventory,
            Machines machines,
            MachineDesk desk,
            ForgottenSnapshots forgotten,
            Probe probe,
            Clock clock) {
        this.inventory = inventory;
        this.machines = machines;
        this.desk = desk;
        this.forgotten = forgotten;
        this.probe = probe;
        this.clock = clock;
    }

    /** Takes the snapshots whose time is over; no other node takes them within the hour, or longer after failures. */
    public List<Snapshot> claimExpired() {
        return machines.snapshots().claimExpired(MOST_AT_ONCE, TRIED_AGAIN, clock.instant());
    }

    /**
     * Has an expired snapshot deleted; where that cannot be done now it is tried again, in an hour at first. That of a
     * server which left the inventory is forgotten: nobody can say any more how to delete it.
     */
    public void delete(Snapshot snapshot) {
        if (inventory.find(snapshot.server()).isEmpty()) {
            LOG.warn("The snapshot {} is forgotten: its server is not in the inventory", snapshot.name());
            forgotten.forget(snapshot, AuditLog.PATCHWAY, "because the server is not in the inventory any more");
            return;
        }
        Origin origin =
                new Origin("expiry of snapshot " + snapshot.name(), REQUESTER, Optional.empty(), Optional.empty());
        try {
            desk.ask(
                    Operation.DELETE_SNAPSHOT,
                    List.of(snapshot.server().value()),
                    MachineOrders.about(snapshot.name()),
                    origin);
        } catch (RefusedRequestException e) {
            LOG.warn("The expired snapshot {} is not deleted yet: {}", snapshot.name(), e.getMessage());
        }
    }

    /** The servers whose machines were stopped or paused. */
    public List<ServerId> notStarted() {
        return machines.states().notStarted();
    }

    /** Forgets that the machine was stopped when its server answers. */
    public void lookAt(ServerId id) {
        Optional<Server> server = inventory.find(id);
        if (server.isEmpty() || server.filter(probe::answers).isPresent()) {
            machines.states().remember(id, PowerState.STARTED, clock.instant());
            LOG.info(
                    "{} is not taken for stopped any more: {}", id, server.isEmpty() ? "no such server" : "it answers");
        }
    }
}
