package io.patchway.server;

import java.util.regex.Pattern;

/**
 * The name by which every request, route, table and mail calls a server.
 *
 * @param value 1 to 128 letters, digits, dots, underscores or hyphens, beginning with a letter or digit; compared in
 *     lower case everywhere
 */
public record ServerId(String value) implements Comparable<ServerId> {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");

    /** @throws IllegalArgumentException when a character is outside the allow-list */
    public ServerId {
        value = value.toLowerCase(java.util.Locale.ROOT);
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a server id is 1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or digit");
        }
    }

    @Override
    public int compareTo(ServerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
