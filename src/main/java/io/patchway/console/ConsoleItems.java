package io.patchway.console;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people created in the console. Every change is recorded in the audit log in the same transaction. Thread-safe.
 */
public interface ConsoleItems {

    /** All items of a kind, ordered by number. */
    List<ConsoleItem> all(ItemKind kind);

    /** @throws NameTakenException when the name is given already */
    ConsoleItem add(ItemKind kind, String name, String document, String actor, Instant now);

    /**
     * Changes an item.
     *
     * @return empty when there is none with this number
     * @throws NameTakenException when another item has the name
     */
    Optional<ConsoleItem> replace(ItemKind kind, int number, String name, String document, String actor, Instant now);

    /** @return whether there was one */
    boolean remove(ItemKind kind, int number, String actor, Instant now);

    /** The numbers by which servers are called; one that has none yet is given the next. */
    Map<ServerId, Integer> numbers(Collection<ServerId> servers);

    /** Another item of the kind has this name. */
    final class NameTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NameTakenException(String name) {
            super(name);
        }
    }
}
