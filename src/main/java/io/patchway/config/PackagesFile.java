package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ScriptPackages;
import io.patchway.server.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads {@code config/packages.yaml}: the script packages that an Execute Package call may name. */
public final class PackagesFile {
    private static final Kind<UUID> ID = Kind.matching(
                    Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                    "a UUID such as c3c6642e-24e1-4c37-b56a-1cf1476ee360")
            .as(UUID::fromString);
    private static final Kind<String> NAME = Kind.line(1, 100);
    private static final Kind<String> PACKAGE_PATTERN = Kind.matching(
            Pattern.compile("[A-Za-z0-9*][A-Za-z0-9+._*-]{0,99}"),
            "a package name of letters, digits, '+', '.', '_' or '-' in which '*' stands for anything");
    private static final Kind<String> PARAMETER = Kind.matching(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"), "1 to 100 letters, digits, '.', '_' or '-'");

    private final Path file;

    public PackagesFile(Path file) {
        this.file = file;
    }

    /** Reads the file. When it has a problem, no package of it is taken; when it does not exist, there is none. */
    public Loaded<ScriptPackages> load() {
        if (Files.notExists(file)) {
            return new Loaded<>(List::of, List.of());
        }
        try {
            List<ScriptPackage> packages = read().stream()
                    .sorted(Comparator.comparing(ScriptPackage::name))
                    .toList();
            return new Loaded<>(() -> packages, List.of());
        } catch (BadDocumentException e) {
            return new Loaded<>(List::of, e.problems());
        }
    }

    private List<ScriptPackage> read() throws BadDocumentException {
        Problems problems = new Problems(file.toString());
        Fields root = Fields.root(DocumentReader.yaml().read(file), problems, "packages");
        Set<String> seen = new HashSet<>();
        List<ScriptPackage> packages = root.groups(
                "packages",
                0,
                100,
                fields -> scriptPackage(fields, seen),
                "id",
                "aliases",
                "name",
                "operatingSystems",
                "approves",
                "excludes",
                "parameters");
        problems.throwIfAny();
        return packages;
    }

    private static Optional<ScriptPackage> scriptPackage(Fields fields, Set<String> seen) {
        Optional<UUID> id = fields.required("id", ID);
        Optional<String> name = fields.required("name", NAME);
        Set<UUID> aliases = new HashSet<>(fields.list("aliases", 0, 20, ID));
        fields.required(
                "approves",
                Kind.word(Approval.class, approval -> approval.name().toLowerCase(Locale.ROOT)));
        List<OperatingSystem> systems =
                fields.need("operatingSystems").list("operatingSystems", 1, 50, Kind.constant(OperatingSystem.class));
        List<String> excluded = fields.list("excludes", 0, 100, PACKAGE_PATTERN);
        Map<String, List<String>> parameters = parameters(fields);
        id.ifPresent(own -> unique(fields, "id", own.toString(), seen));
        name.ifPresent(own -> unique(fields, "name", own.toLowerCase(Locale.ROOT), seen));
        aliases.forEach(alias -> unique(fields, "aliases", alias.toString(), seen));
        return id.flatMap(own ->
                name.map(called -> new ScriptPackage(own, called, aliases, Set.copyOf(systems), excluded, parameters)));
    }

    private static Map<String, List<String>> parameters(Fields fields) {
        Map<String, List<String>> parameters = new HashMap<>();
        fields.groups(
                "parameters",
                0,
                50,
                parameter -> {
                    List<String> values = parameter.need("allowed").list("allowed", 1, 50, Kind.line(1, 100));
                    Optional<String> name = parameter.required("name", PARAMETER);
                    name.ifPresent(own -> parameters.put(own, values));
                    return name;
                },
                "name",
                "allowed");
        return parameters;
    }

    private static void unique(Fields fields, String field, String key, Set<String> seen) {
        if (!seen.add(key)) {
            fields.refuse(field, "'" + key + "' already stands for a package");
        }
    }

    /** What a script package may approve. */
    private enum Approval {
        EVERYTHING
    }
}
