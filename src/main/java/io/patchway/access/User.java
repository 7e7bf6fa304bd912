package io.patchway.access;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody, or a program, that signs in with a name and a password.
 *
 * @param name 1 to 100 characters; compared without regard to letter case
 * @param aliases account aliases in upper case that it may work under, its own first; empty: all
 * @param email where the mails about what it asks for go; empty: nowhere, unless a request names somebody
 */
public record User(String name, Role role, Set<String> aliases, Optional<String> email) {
    public User {
        Set<String> inUpperCase = new LinkedHashSet<>();
        aliases.forEach(alias -> inUpperCase.add(alias.toUpperCase(Locale.ROOT)));
        aliases = Collections.unmodifiableSet(inUpperCase);
    }

    /** The user as the one who makes a call. */
    public Caller caller() {
        return new Caller(name, role);
    }

    /** Whether servers of an account alias, in any letter case, are this user's business. */
    public boolean mayWorkUnder(String alias) {
        return aliases.isEmpty() || aliases.contains(alias.toUpperCase(Locale.ROOT));
    }
}
