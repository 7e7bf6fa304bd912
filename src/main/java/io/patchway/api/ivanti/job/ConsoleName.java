package io.patchway.api.ivanti.job;

import java.util.Locale;

/**
 * What this Patchway is called in answers.
 *
 * @param value such as {@code patchway-1}
 */
public record ConsoleName(String value) {
    /** A user as Windows writes one. */
    String qualified(String user) {
        return value.toUpperCase(Locale.ROOT) + "\\" + user;
    }
}
