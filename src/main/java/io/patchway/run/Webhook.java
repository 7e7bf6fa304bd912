package io.patchway.run;

import io.patchway.run.MailOutbox.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody outside who is told of requests over HTTP.
 *
 * @param name names it in the outbox; deliveries that wait go to the webhook of the same name
 * @param url absolute, http or https, without a user name and a fragment
 * @param events what it is told of
 * @param secretFile file whose first line signs every delivery; empty: deliveries are not signed
 */
public record Webhook(String name, URI url, Set<Kind> events, Optional<Path> secretFile) {
    public Webhook {
        events = Set.copyOf(events);
    }
}
