package io.patchway.server;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A machine that is patched.
 *
 * @param name what people call it; shown beside the id
 * @param groups names of the server groups that it belongs to
 * @param tags free key and value pairs, used by target queries
 * @param baseline name of the patch baseline for this server; empty: the default of its operating system
 * @param scanOnly whether installing is refused, whatever a request says
 */
public record Server(
        ServerId id,
        String name,
        Set<String> groups,
        Map<String, String> tags,
        Optional<String> baseline,
        boolean scanOnly,
        ConnectionSettings connection) {

    public Server {
        groups = Set.copyOf(groups);
        tags = Map.copyOf(tags);
    }
}
