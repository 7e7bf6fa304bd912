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

    /** Whether it is a Windows server, which is patched through its Windows Update Agent; how it is reached says so. */
    public boolean runsWindows() {
        return switch (connection) {
            case ConnectionSettings.Ssh ssh -> ssh.shell() == ConnectionSettings.RemoteShell.POWERSHELL;
            case ConnectionSettings.WinRm winRm -> true;
            case ConnectionSettings.Local local -> false;
        };
    }

    /** The patch group that its tags name: {@code Patch Group}, else {@code PatchGroup}, letter case matters. */
    public Optional<String> patchGroup() {
        return Stream.of("Patch Group", "PatchGroup")
                .map(tags::get)
                .filter(group -> group != null && !group.isEmpty())
                .findFirst();
    }
}
