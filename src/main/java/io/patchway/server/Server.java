package io.patchway.server;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A machine that is patched.
 *
 * @param name what people call it; shown beside the id
 * @param groups names of the server groups that it belongs to
 * @param tags free key and value pairs, used by target queries
 * @param baseline name of the patch baseline for this server; empty: the default of its operating system
 * @param scanOnly whether installing is refused, whatever a request says
 * @param alias the account alias that it is served under in the API of CenturyLink Cloud, 2 to 12 letters or digits,
 *     kept in upper case; empty: the usual one
 * @param operatingSystem what the operator says that it runs, until a scan has found out; empty: nothing is said
 */
public record Server(
        ServerId id,
        String name,
        Set<String> groups,
        Map<String, String> tags,
        Optional<String> baseline,
        boolean scanOnly,
        Optional<String> alias,
        Optional<OperatingSystem> operatingSystem,
        ConnectionSettings connection) {

    /** What a server group may be called. */
    public static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public Server {
        groups = Set.copyOf(groups);
        tags = Map.copyOf(tags);
        alias = alias.map(text -> text.toUpperCase(Locale.ROOT));
    }

    /** A server of which neither the alias nor the operating system is said. */
    public Server(
            ServerId id,
            String name,
            Set<String> groups,
            Map<String, String> tags,
            Optional<String> baseline,
            boolean scanOnly,
            ConnectionSettings connection) {
        this(id, name, groups, tags, baseline, scanOnly, Optional.empty(), Optional.empty(), connection);
    }

    /** The same server with other tags. */
    public Server tagged(Map<String, String> others) {
        return new Server(id, name, groups, others, baseline, scanOnly, alias, operatingSystem, connection);
    }

    /** The same server in other groups. */
    public Server grouped(Set<String> others) {
        return new Server(id, name, others, tags, baseline, scanOnly, alias, operatingSystem, connection);
    }

    /** Whether it is a Windows server, which is patched through its Windows Update Agent; how it is reached says so. */
    public boolean runsWindows() {
        return switch (connection) {
            case ConnectionSettings.Ssh ssh -> ssh.shell() == ConnectionSettings.RemoteShell.POWERSHELL;
            case ConnectionSettings.WinRm winRm -> true;
            case ConnectionSettings.Local local -> false;
            // Whatever it runs, no script is sent to it.
            case ConnectionSettings.Http http -> false;
        };
    }

    /** Whether it can be told to shut down; Windows servers and those of other sites cannot be, but by a command. */
    public boolean heedsShutDown() {
        return !runsWindows() && !(connection instanceof ConnectionSettings.Http);
    }

    /** The same server over a connection that takes any host key; see {@link ConnectionSettings.Ssh#anyHostKey()}. */
    public Server withAnyHostKey() {
        ConnectionSettings other = connection instanceof ConnectionSettings.Ssh ssh ? ssh.withAnyHostKey() : connection;
        return new Server(id, name, groups, tags, baseline, scanOnly, alias, operatingSystem, other);
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
