package io.patchway.config;

import io.patchway.baseline.Baselines;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.config.document.Problem;
import io.patchway.rollout.HealthGate;
import io.patchway.run.Hook;
import io.patchway.run.ScriptPackages;
import io.patchway.run.window.FileWindow;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the operator wrote in the folder {@code config}.
 *
 * @param problems what is wrong: files that were left out, and names that lead nowhere
 */
public record Configuration(
        Inventory inventory,
        BaselineFiles baselines,
        ScriptPackages scriptPackages,
        List<FileWindow> windows,
        List<HealthGate> gates,
        List<Hook> hooks,
        List<Problem> problems) {

    public Configuration {
        windows = List.copyOf(windows);
        gates = List.copyOf(gates);
        hooks = List.copyOf(hooks);
        problems = problems.stream().sorted().toList();
    }

    /** Reads a folder. What is wrong never stops it. */
    public static Configuration load(Path folder) {
        Path serversFile = folder.resolve("servers.yaml");
        Loaded<ListedServers> servers = new ServersFile(serversFile).load();
        Loaded<BaselineFiles> baselines = BaselineFiles.load(folder.resolve("baselines"));
        Loaded<ScriptPackages> packages = new PackagesFile(folder.resolve("packages.yaml")).load();
        Loaded<List<FileWindow>> windows = WindowsFile.load(folder.resolve("windows"));

        Loaded<List<HealthGate>> gates = new GatesFile(folder.resolve("gates.yaml")).load();
        Loaded<List<Hook>> hooks = HookFiles.load(folder.resolve("hooks"));

        List<Problem> problems = new ArrayList<>();
        problems.addAll(servers.problems());
        problems.addAll(baselines.problems());
        problems.addAll(packages.problems());
        problems.addAll(windows.problems());
        problems.addAll(gates.problems());
        problems.addAll(hooks.problems());
        return new Configuration(
                servers.content(),
                baselines.content(),
                packages.content(),
                windows.content(),
                gates.content(),
                hooks.content(),
                problems);
    }

    /**
     * The baselines that servers and windows name and that do not exist, or of which there are several.
     *
     * @param folder the one that was read
     */
    public List<Problem> deadEnds(Path folder, Baselines known) {
        List<Problem> problems = new ArrayList<>();
        for (Server server : inventory.all()) {
            deadEnd(server.baseline(), known)
                    .ifPresent(message -> problems.add(new Problem(
                            folder.resolve("servers.yaml").toString(),
                            0,
                            "baseline",
                            "server " + server.id() + ": " + message)));
        }
        for (FileWindow window : windows) {
            deadEnd(window.request().baseline(), known)
                    .ifPresent(message -> problems.add(new Problem(
                            folder.resolve("windows").toString(),
                            0,
                            "baseline",
                            "window " + window.window().name() + ": " + message)));
        }
        return problems;
    }

    private static Optional<String> deadEnd(Optional<String> baseline, Baselines known) {
        try {
            return baseline.filter(name -> known.find(name).isEmpty())
                    .map(name -> "there is no baseline '" + name + "'; its file may be missing or have been left out");
        } catch (UnclearBaselineException e) {
            return Optional.of(e.getMessage());
        }
    }
}
