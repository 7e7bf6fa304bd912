package io.patchway.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All users there are; their names are found in any letter case. Every change is recorded in the audit log in the same
 * transaction. Thread-safe.
 */
public interface Users {

    /** Every user, also those that are disabled, by name. */
    List<UserAccount> all();

    /** The user with this name. */
    Optional<UserAccount> find(String name);

    /**
     * Adds a user.
     *
     * @param actor who does it, for the audit log
     * @return whether the name was free
     */
    boolean add(UserAccount account, String actor);

    /**
     * Changes a user, whom nobody else changes meanwhile.
     *
     * @param change makes the new state of the present one; may be called more than once
     * @return the new state; empty when there is no such user
     */
    Optional<UserAccount> change(String name, Function<UserAccount, Change> change, String actor);

    /**
     * The new state of a user.
     *
     * @param action what was done, for the audit log, such as {@code user.disabled}
     * @param detail more about it, for the audit log
     */
    record Change(UserAccount account, String action, String detail) {}

    /** Exchanges the hash of a password for another one of the same password, unless it was changed meanwhile. */
    void renewHash(String name, String present, String renewed);

    /** Notes that a user signed in from a network; only the last few networks of each user are kept. */
    void noteNetwork(String name, String network, Instant at);

    /** Whether a user is known to have signed in from a network before. */
    boolean isKnownNetwork(String name, String network);
}
