package io.patchway.config;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Problem;
import io.patchway.server.OperatingSystem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The operator's baselines in {@code config/baselines/*.json}, and the predefined ones. */
public final class BaselineFiles implements Baselines {
    private final Map<String, StoredBaseline> byName = new TreeMap<>();
    private final Map<OperatingSystem, StoredBaseline> defaults = new EnumMap<>(OperatingSystem.class);

    private BaselineFiles(List<PatchBaseline> own) {
        for (PatchBaseline baseline : PredefinedBaselines.all()) {
            StoredBaseline stored = stored(baseline, Owner.PREDEFINED);
            byName.put(baseline.name(), stored);
            defaults.putIfAbsent(baseline.operatingSystem(), stored);
        }
        for (PatchBaseline baseline : own) {
            StoredBaseline stored = stored(baseline, Owner.FILE);
            byName.put(baseline.name(), stored);
            if (baseline.isDefault()) {
                defaults.put(baseline.operatingSystem(), stored);
            }
        }
    }

    private static StoredBaseline stored(PatchBaseline content, Owner owner) {
        return new StoredBaseline(BaselineId.ofName(content.name()), 1, owner, content, Instant.EPOCH, Instant.EPOCH);
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
    public Optional<StoredBaseline> find(BaselineId id) {
        return byName.values().stream()
                .filter(baseline -> baseline.id().equals(id))
                .findFirst();
    }

    @Override
    public List<StoredBaseline> named(String name) {
        return Stream.ofNullable(byName.get(name)).toList();
    }

    @Override
    public StoredBaseline defaultFor(OperatingSystem operatingSystem) {
        return defaults.get(operatingSystem);
    }

    @Override
    public Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem) {
        return Optional.empty();
    }

    @Override
    public List<StoredBaseline> all() {
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
