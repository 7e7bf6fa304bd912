package io.patchway.run;

import io.patchway.server.ConnectionSettings;
import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import io.patchway.server.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What an Execute Package call names. It uses no baseline: it approves every available patch except its exclusions.
 *
 * @param name 1 to 100 characters, such as {@code Yum Update}
 * @param aliases further ids under which it was published
 * @param operatingSystems which servers it is made for
 * @param excluded name patterns ({@code *} is the only wildcard) that it leaves out
 * @param parameters allowed parameters, each with its allowed values; {@link #MAINTENANCE} is always among them
 */
public record ScriptPackage(
        UUID id,
        String name,
        Set<UUID> aliases,
        Set<OperatingSystem> operatingSystems,
        List<String> excluded,
        Map<String, List<String>> parameters) {

    /** The parameter of every package that says whether a run enters maintenance mode before it changes its server. */
    public static final String MAINTENANCE = "patch.maintenance.mode";

    public ScriptPackage {
        aliases = Set.copyOf(aliases);
        operatingSystems = Set.copyOf(operatingSystems);
        excluded = List.copyOf(excluded);
        parameters = withMaintenance(parameters);
    }

    private static Map<String, List<String>> withMaintenance(Map<String, List<String>> own) {
        Map<String, List<String>> all = new HashMap<>(own);
        all.put(MAINTENANCE, List.of("true", "false"));
        return Map.copyOf(all);
    }

    /** Whether an id or a name, letter case aside, means this package. */
    public boolean isCalled(String idOrName) {
        return name.equalsIgnoreCase(idOrName)
                || id.toString().equalsIgnoreCase(idOrName)
                || aliases.stream().anyMatch(alias -> alias.toString().equalsIgnoreCase(idOrName));
    }

    /** Whether it is made for an operating system. */
    public boolean serves(OperatingSystem system) {
        return operatingSystems.contains(system);
    }

    /** Whether it can serve a server, as far as that is known without asking it: how it is reached says so. */
    public boolean mayServe(Server server) {
        return switch (server.connection()) {
            case ConnectionSettings.Ssh ssh -> servesAs(server);
            case ConnectionSettings.WinRm winRm -> servesAs(server);
            case ConnectionSettings.Local local -> servesAs(server);
            // The site that patches it knows.
            case ConnectionSettings.Http http -> true;
        };
    }

    private boolean servesAs(Server server) {
        boolean windows = server.runsWindows();
        return operatingSystems.stream().anyMatch(system -> (system.family() == PatchFamily.WINDOWS) == windows);
    }
}
