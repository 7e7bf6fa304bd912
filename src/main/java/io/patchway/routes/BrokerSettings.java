package io.patchway.routes;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the broker is that carries steps from node to node.
 *
 * @param url as Artemis has it, such as {@code tcp://broker.example.com:61616}, or several in brackets
 * @param user account; empty: none
 * @param passwordFile file whose first line is the password
 */
public record BrokerSettings(String url, Optional<String> user, Optional<Path> passwordFile) {

    /** The URL without its parameters, which may hold a password. */
    public String displayUrl() {
        return url.split("[?;]", 2)[0];
    }
}
