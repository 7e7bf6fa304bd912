package io.patchway.config;

import io.patchway.baseline.Baselines;
import io.patchway.config.document.Problem;
import io.patchway.rollout.HealthGate;
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
        Baselines baselines,
        ScriptPackages scriptPackages,
        List<FileWindow> windows,
        List<HealthGate> gates,
        List<Problem> problems) {

    public Configuration {
        windows = List.copyOf(windows);
        gates = List.copyOf(gates);
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

        List<Problem> problems = new ArrayList<>();
        problems.addAll(servers.problems());
        problems.addAll(baselines.problems());
        problems.addAll(packages.problems());
        problems.addAll(windows.problems());
        problems.addAll(gates.problems());
        for (Server server : servers.content().all()) {
            deadEnd(server.baseline(), baselines.content())
                    .ifPresent(name -> problems.add(new Problem(
                            serversFile.toString(), 0, "baseline", "server " + server.id() + ": " + unknown(name))));
        }
        for (FileWindow window : windows.content()) {
            deadEnd(window.request().baseline(), baselines.content())
                    .ifPresent(name -> problems.add(new Problem(
                            folder.resolve("windows").toString(),
                            0,
                            "baseline",
                            "window " + window.window().name() + ": " + unknown(name))));
        }
        return new Configuration(
                servers.content(),
                baselines.content(),
                packages.content(),
                windows.content(),
                gates.content(),
                problems);
    }

    private static Optional<String> deadEnd(Optional<String> baseline, Baselines known) {
        return baseline.filter(name -> known.find(name).isEmpty());
    }

    private static String unknown(String baseline) {
        return "there is no baseline '" + baseline + "'; its file may be missing or have been left out";
    }
}
