package io.patchway.connection.site;

import java.time.Instant;

/**
 * A sign-in at a site. Its text form does not show the token.
 *
 * @param alias the account alias of the user
 * @param since when it was signed in
 */
public record SiteSession(String token, String alias, Instant since) {
    @Override
    public String toString() {
        return "session under " + alias + " since " + since;
    }
}
