package io.patchway.baseline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Snapshots with what is needed to hand them out. Thread-safe; any number of nodes may share them. */
public interface KeptSnapshots extends BaselineSnapshots {
    /** How long a snapshot is kept; afterwards its id may be used for a new one. */
    Duration LIFE = Duration.ofDays(3);

    /** Keeps what was found, unless there is a snapshot with this key already, and returns the one that counts. */
    Kept keep(SnapshotKey key, FrozenBaseline found);

    /** A snapshot by its own id; empty when its life is over. */
    Optional<Kept> find(UUID id);

    @Override
    default FrozenBaseline share(SnapshotKey key, FrozenBaseline found) {
        return keep(key, found).baseline();
    }

    /**
     * A snapshot.
     *
     * @param id its own, not that of the runs
     * @param secret known to nobody else; 64 hexadecimal digits
     */
    record Kept(UUID id, SnapshotKey key, FrozenBaseline baseline, Instant takenAt, String secret) {
        @Override
        public String toString() {
            return "snapshot " + id + " of " + key;
        }
    }
}
