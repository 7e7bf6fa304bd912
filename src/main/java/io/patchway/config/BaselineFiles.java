package io.patchway.config;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineIntake.Declared;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The predefined baselines, and the operator's in {@code config/baselines/*.json}.
 *
 * @param declared every baseline that ships or stands in a good file
 * @param unreadable the files that were left out
 */
public record BaselineFiles(List<Declared> declared, Set<String> unreadable) {
    public BaselineFiles {
        declared = List.copyOf(declared);
        unreadable = Set.copyOf(unreadable);
    }

    /** Reads a folder; a file with a problem is left out. */
    public static Loaded<BaselineFiles> load(Path folder) {
        Loaded<List<Named>> files = FolderReader.read(folder, ".json", file -> {
            PatchBaseline baseline =
                    BaselineFile.read(file.toString(), DocumentReader.json().read(file));
            return new Named(file, baseline);
        });
        List<Problem> problems = new ArrayList<>(files.problems());
        List<Declared> declared = new ArrayList<>();
        PredefinedBaselines.all().forEach(baseline -> declared.add(new Declared(baseline, Optional.empty())));
        withoutClashes(files.content(), problems)
                .forEach(named -> declared.add(
                        new Declared(named.baseline(), Optional.of(named.file().toString()))));
        Set<String> unreadable = problems.stream().map(Problem::file).collect(Collectors.toSet());
        return new Loaded<>(new BaselineFiles(declared, unreadable), problems);
    }

    /** The predefined default of each operating system. */
    public static Map<OperatingSystem, BaselineId> predefinedDefaults() {
        Map<OperatingSystem, BaselineId> defaults = new EnumMap<>(OperatingSystem.class);
        PredefinedBaselines.all()
                .forEach(baseline ->
                        defaults.putIfAbsent(baseline.operatingSystem(), BaselineId.ofName(baseline.name())));
        return defaults;
    }

    private static List<Named> withoutClashes(List<Named> files, List<Problem> problems) {
        Map<String, String> names = new TreeMap<>();
        PredefinedBaselines.all().forEach(baseline -> names.put(baseline.name(), "the predefined baselines"));
        Map<OperatingSystem, Path> defaults = new EnumMap<>(OperatingSystem.class);
        List<Named> taken = new ArrayList<>();
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
                taken.add(named);
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
