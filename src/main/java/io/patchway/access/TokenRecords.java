package io.patchway.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept about bearer tokens, which themselves are not. Changes that somebody asks for are recorded in the audit
 * log in the same transaction. Thread-safe.
 */
public interface TokenRecords {

    /** The key that tokens are signed with, as {@link MasterKey} sealed it. */
    Optional<String> signingKey();

    /**
     * Keeps a signing key, unless there is one already.
     *
     * @return the one that counts
     */
    String keepSigningKey(String sealed);

    /** Exchanges the signing key; all tokens end. */
    void replaceSigningKey(String sealed, String actor);

    /** The ids of the tokens that were revoked one by one and would count otherwise. */
    Set<String> revoked(Instant now);

    /**
     * Has one token refused from now on.
     *
     * @param until when it would have ended by itself; then it need not be remembered any longer
     * @return whether it was not revoked already
     */
    boolean revoke(String id, String name, Instant until, String actor, Instant now);
}
