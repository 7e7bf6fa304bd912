package io.patchway.server;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The same server over a connection that takes any host key; see {@link ConnectionSettings.Ssh#anyHostKey()}. */
    public Server withAnyHostKey() {
        ConnectionSettings other = connection instanceof ConnectionSettings.Ssh ssh ? ssh.withAnyHostKey() : connection;
        return new Server(id, name, groups, tags, baseline, scanOnly, other);
    }

    /** Whether nobody knows that this is the machine it says it is. */
    public boolean acceptsAnyHostKey() {
        return connection instanceof ConnectionSettings.Ssh ssh && ssh.anyHostKey();
    }

    /** The patch group that its tags name: {@code Patch Group}, else {@code PatchGroup}, letter case matters. */
    public Optional<String> patchGroup() {
        return Stream.of("Patch Group", "PatchGroup")
                .map(tags::get)
                .filter(group -> group != null && !group.isEmpty())
                .findFirst();
    }
}
