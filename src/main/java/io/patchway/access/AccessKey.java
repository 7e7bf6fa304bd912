package io.patchway.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a client signs its calls with. Its secret is known to the client, and to Patchway only sealed.
 *
 * @param id {@code AKIA} and 16 letters or digits; no secret
 * @param account whose key it is; an account may have several
 * @param sealedSecret the secret, as {@link MasterKey} sealed it
 * @param expiresAt from then on it is refused
 * @param revokedAt since then it is refused
 * @param lastUsedAt to within a quarter of an hour
 */
public record AccessKey(
        String id,
        String account,
        Role role,
        String sealedSecret,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {

    /** Whether calls that are signed with it are admitted at this time. */
    public boolean isValidAt(Instant time) {
        return revokedAt.isEmpty()
                && expiresAt.filter(end -> !end.isAfter(time)).isEmpty();
    }

    /** The key's owner, as the one who calls. */
    public Caller caller() {
        return new Caller(account, role);
    }

    /** Without the secret, even sealed. */
    @Override
    public String toString() {
        return id + " of " + account + ", " + role;
    }
}
