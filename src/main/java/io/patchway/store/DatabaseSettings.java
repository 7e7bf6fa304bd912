package io.patchway.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the memory is.
 *
 * @param url JDBC URL: {@code jdbc:h2:file:./var/patchway} (one node, nothing to install) or
 *     {@code jdbc:postgresql://host/database} (many nodes)
 * @param user account; empty: the one that the URL names, or none
 * @param passwordFile file whose first line is the password
 * @param connections most connections at a time, 2 to 100
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<Path> passwordFile, int connections) {

    public static final String DEFAULT_URL = "jdbc:h2:file:./var/patchway";
    public static final int DEFAULT_CONNECTIONS = 10;

    /** @throws IllegalArgumentException when the URL is of another database or a number is out of range */
    public DatabaseSettings {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database URL begins with '"
                    + url.substring(0, Math.min(url.length(), 12))
                    + "'; allowed are jdbc:h2:… and jdbc:postgresql:…");
        }
        if (connections < 2 || connections > 100) {
            throw new IllegalArgumentException("database connections: " + connections + "; allowed are 2 to 100");
        }
    }

    /** A database at this URL, with everything else as usual. */
    public static DatabaseSettings at(String url) {
        return new DatabaseSettings(url, Optional.empty(), Optional.empty(), DEFAULT_CONNECTIONS);
    }

    boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    /** The URL without its parameters, which may hold a password. */
    String displayUrl() {
        return url.split("[?;]", 2)[0].replaceFirst("//[^/@]*@", "//");
    }
}
