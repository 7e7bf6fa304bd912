package io.patchway.config;

import io.patchway.baseline.Baselines;
import io.patchway.baseline.PatchBaseline;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Problem;
import io.patchway.server.OperatingSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operator's baselines in {@code config/baselines/*.json}, and the predefined ones. */
public final class BaselineFiles implements Baselines {
    private final Map<String, PatchBaseline> byName = new TreeMap<>();
    private final Map<OperatingSystem, PatchBaseline> defaults = new EnumMap<>(OperatingSystem.class);

    private BaselineFiles(List<PatchBaseline> own) {
        for (PatchBaseline baseline : PredefinedBaselines.all()) {
            byName.put(baseline.name(), baseline);
            defaults.putIfAbsent(baseline.operatingSystem(), baseline);
        }
        for (PatchBaseline baseline : own) {
            byName.put(baseline.name(), baseline);
            if (baseline.isDefault()) {
                defaults.put(baseline.operatingSystem(), baseline);
            }
        }
    }

    /** Reads a folder; a file with a problem is left out. */
    public static Loaded<BaselineFiles> load(Path folder) {
        Loaded<List<Named>> files = FolderReader.read(folder, ".json", file -> {
            PatchBaseline baseline =
                    BaselineFile.read(file.toString(), DocumentReader.json().read(file));
            return new Named(file, baseline);
        });
        List<Problem> problems = new ArrayList<>(files.problems());
        List<PatchBaseline> taken = withoutClashes(files.content(), problems);
        return new Loaded<>(new BaselineFiles(taken), problems);
    }

    @Override
    public Optional<PatchBaseline> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public PatchBaseline defaultFor(OperatingSystem operatingSystem) {
        return defaults.get(operatingSystem);
    }

    @Override
    public List<PatchBaseline> all() {
        return List.copyOf(byName.values());
    }

    private static List<PatchBaseline> withoutClashes(List<Named> files, List<Problem> problems) {
        Map<String, String> names = new TreeMap<>();
        PredefinedBaselines.all().forEach(baseline -> names.put(baseline.name(), "the predefined baselines"));
        Map<OperatingSystem, Path> defaults = new EnumMap<>(OperatingSystem.class);
        List<PatchBaseline> taken = new ArrayList<>();
        for (Named named : files) {
            PatchBaseline baseline = named.baseline();
            String elsewhere = names.putIfAbsent(baseline.name(), named.file().toString());
            Path otherDefault =
                    baseline.isDefault() ? defaults.putIfAbsent(baseline.operatingSystem(), named.file()) : null;
            if (elsewhere != null) {
                problems.add(named.problem("Name", "'" + baseline.name() + "' is taken by " + elsewhere));
            } else if (otherDefault != null) {
                problems.add(named.problem(
                        "Tags", otherDefault + " is the default of " + baseline.operatingSystem() + " already"));
            } else {
                taken.add(baseline);
            }
        }
        return taken;
    }

    private record Named(Path file, PatchBaseline baseline) {
        Problem problem(String field, String message) {
            return new Problem(file.toString(), 0, field, message);
        }
    }
}
