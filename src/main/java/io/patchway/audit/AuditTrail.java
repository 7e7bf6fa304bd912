package io.patchway.audit;

import java.util.List;
import java.util.Optional;

/** The sealed entries, in their order. Thread-safe; any number of nodes may share it. */
public interface AuditTrail {

    /**
     * Gives the oldest recorded entries that have no place yet their places in the chain, in one transaction. Of
     * several nodes one does it at a time.
     *
     * @return how many were sealed; fewer than {@code limit} when none is left
     */
    int seal(int limit);

    /** The sealed entries behind this sequence number, the lowest first. */
    List<SealedEntry> entriesAfter(long sequence, int limit);

    /** The entry with this sequence number. */
    Optional<SealedEntry> entry(long sequence);

    /** The last entry that was sealed, as it was noted beside the entries. */
    ChainHead head();

    /** The last entry that retention removed; the chain is verified from there on. */
    ChainHead anchor();
}
