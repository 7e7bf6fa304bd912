package io.patchway.access;

import java.time.Instant;
import java.util.List;

/**
 * What a bearer token says.
 *
 * @param id its own; begins with the stamp of its user
 * @param name of the user
 * @param roles in the words of the API that issued it; for its holder to read, nothing is decided by them
 * @param alias account alias that its holder works under unless it says otherwise
 * @param location data center that its holder works with unless it says otherwise
 * @param notBefore from then on it counts; whole seconds
 * @param expiresAt from then on it is refused; whole seconds
 */
public record TokenClaims(
        String id,
        String name,
        List<String> roles,
        String alias,
        String location,
        Instant notBefore,
        Instant expiresAt) {
    public TokenClaims {
        roles = List.copyOf(roles);
    }

    boolean belongsTo(UserAccount account) {
        return id.startsWith(account.tokenStamp() + ".");
    }
}
