package io.patchway.cli;

import io.patchway.access.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Roles as words of commands. */
final class RoleWords {
    private RoleWords() {}

    /** @throws IllegalArgumentException when no role is called that */
    static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> word(role).equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("--role must be one of " + all()));
    }

    static String all() {
        return Arrays.stream(Role.values()).map(RoleWords::word).collect(Collectors.joining(", "));
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
