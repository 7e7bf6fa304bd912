package io.patchway.baseline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A collection of names and name patterns, quick to ask for a package name. */
final class NamePatterns {
    private final Set<String> names;
    private final List<NamePattern> wildcards;

    NamePatterns(Collection<String> entries) {
        this.names = entries.stream().filter(entry -> entry.indexOf('*') < 0).collect(Collectors.toUnmodifiableSet());
        this.wildcards = entries.stream()
                .filter(entry -> entry.indexOf('*') >= 0)
                .sorted()
                .map(NamePattern::new)
                .toList();
    }

    /** The entry that names this package, a full name before a pattern. */
    Optional<String> match(String name) {
        if (names.contains(name)) {
            return Optional.of(name);
        }
        for (NamePattern wildcard : wildcards) {
            if (wildcard.matches(name)) {
                return Optional.of(wildcard.text());
            }
        }
        return Optional.empty();
    }
}
