package io.patchway.connection.site;

import io.patchway.server.ConnectionSettings.Http;
import java.util.Optional;

/**
 * One call of a site. Its text form names no secret.
 *
 * @param method {@code GET} or {@code POST}
 * @param path below the site's address, beginning with a slash; every part of it was checked
 * @param token the bearer token; empty when signing in
 * @param orderId the identity of an order; empty for a question
 * @param body JSON; empty for a question
 */
public record SiteCall(
        Http site,
        String method,
        String path,
        Optional<String> token,
        Optional<String> orderId,
        Optional<String> body) {

    @Override
    public String toString() {
        return method + " " + site.url() + path;
    }
}
