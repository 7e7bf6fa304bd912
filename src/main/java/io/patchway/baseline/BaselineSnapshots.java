package io.patchway.baseline;

/** Has runs with one snapshot id see one approved set: the same content, and the same instant for approval delays. */
@FunctionalInterface
public interface BaselineSnapshots {

    /**
     * What the first run with this key found; a later one gets that, whatever it found itself.
     *
     * @param found what this run would work with, as of an instant
     */
    FrozenBaseline share(SnapshotKey key, FrozenBaseline found);
}
