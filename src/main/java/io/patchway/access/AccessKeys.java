package io.patchway.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All access keys there are. Every change is recorded in the audit log in the same transaction. Thread-safe. */
public interface AccessKeys {

    /** Every key, also those that are no longer valid, in the order in which they were issued. */
    List<AccessKey> all();

    /**
     * Adds a key.
     *
     * @param replaced the key whose place it takes, which from {@code validUntil} on is refused
     * @param actor who does it, for the audit log
     */
    void add(AccessKey key, Optional<Replaced> replaced, String actor);

    /** The end of a key that another takes the place of. */
    record Replaced(String id, Instant validUntil) {}

    /**
     * Has a key refused from now on.
     *
     * @return whether there was such a key, and it was not revoked already
     */
    boolean revoke(String id, String actor, Instant now);

    /** Notes when a key was used. */
    void noteUse(String id, Instant at);
}
