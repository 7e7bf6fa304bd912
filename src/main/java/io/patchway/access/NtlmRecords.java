package io.patchway.access;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the sealed NT hashes of the users who may sign in by NTLM. Whatever gives a user another password or disables
 * it removes its hash in the same transaction. Thread-safe.
 */
public interface NtlmRecords {

    /** Whether any user may sign in by NTLM. */
    boolean isAnyKept();

    /** The sealed hash of a user; empty when it may not sign in by NTLM. */
    Optional<String> sealed(String name);

    /**
     * Keeps the hash of a user's password, and records that in the audit log.
     *
     * @param passwordSetAt when the password was given that it is of
     * @return false when the user has another password by now, or is disabled, or is none; then nothing is kept
     */
    boolean keep(String name, Instant passwordSetAt, String sealed, String actor);

    /**
     * Removes the hash of a user, and records that in the audit log.
     *
     * @return whether there was one
     */
    boolean remove(String name, String actor);
}
