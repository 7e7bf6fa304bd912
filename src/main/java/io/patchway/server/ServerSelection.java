package io.patchway.server;

import java.util.List;

/**
 * Servers that fulfil all conditions at once.
 *
 * @param selectors an empty list means nobody
 */
public record ServerSelection(List<ServerSelector> selectors) {
    public ServerSelection {
        selectors = List.copyOf(selectors);
    }

    /** The servers that are meant at this moment, ordered by id. */
    public List<Server> in(Inventory inventory) {
        return selectors.isEmpty()
                ? List.of()
                : inventory.all().stream().filter(this::means).toList();
    }

    /** Whether a server is meant. */
    public boolean means(Server server) {
        return !selectors.isEmpty() && selectors.stream().allMatch(selector -> selector.means(server));
    }
}
