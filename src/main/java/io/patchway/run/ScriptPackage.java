package io.patchway.run;

import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import io.patchway.server.Server;
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
 * @param parameters allowed parameters, each with its allowed values
 */
public record ScriptPackage(
        UUID id,
        String name,
        Set<UUID> aliases,
        Set<OperatingSystem> operatingSystems,
        List<String> excluded,
        Map<String, List<String>> parameters) {

    public ScriptPackage {
        aliases = Set.copyOf(aliases);
        operatingSystems = Set.copyOf(operatingSystems);
        excluded = List.copyOf(excluded);
        parameters = Map.copyOf(parameters);
    }

    /** Whether an id or a name, letter case aside, means this package. */
    public boolean isCalled(String idOrName) {
        return name.equalsIgnoreCase(idOrName)
                || id.toString().equalsIgnoreCase(idOrName)
                || aliases.stream().anyMatch(alias -> alias.toString().equalsIgnoreCase(idOrName));
    }

    /** Whether it can serve a server, as far as that is known without asking it: how it is reached says so. */
    public boolean mayServe(Server server) {
        boolean windows = server.runsWindows();
        return operatingSystems.stream().anyMatch(system -> (system.family() == PatchFamily.WINDOWS) == windows);
    }
}
