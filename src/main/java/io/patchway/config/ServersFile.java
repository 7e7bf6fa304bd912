package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code config/servers.yaml}: the servers that Patchway knows and how they are reached. */
public final class ServersFile {
    private static final int MOST_SERVERS = 100_000;

    private final Path file;
    private final ConnectionFields connections;

    /**
     * @param file the file, in a folder of the project such as {@code config}; relative paths in it are meant from the
     *     folder above that one
     */
    public ServersFile(Path file) {
        this.file = file;
        Path project = Optional.ofNullable(file.toAbsolutePath().getParent().getParent())
                .orElse(file.toAbsolutePath().getRoot());
        this.connections = new ConnectionFields(project);
    }

    /** Reads the file. When it has a problem, no server of it is taken; when it does not exist, there is none. */
    public Loaded<ListedServers> load() {
        if (Files.notExists(file)) {
            return new Loaded<>(new ListedServers(List.of()), List.of());
        }
        try {
            return new Loaded<>(new ListedServers(read()), List.of());
        } catch (BadDocumentException e) {
            return new Loaded<>(new ListedServers(List.of()), e.problems());
        }
    }

    private List<Server> read() throws BadDocumentException {
        Problems problems = new Problems(file.toString());
        Fields root = Fields.root(DocumentReader.yaml().read(file), problems, "defaults", "servers");
        Defaults defaults = root.group("defaults", "baseline", "scanOnly", "alias", "operatingSystem", "connection")
                .map(this::defaults)
                .orElse(Defaults.NONE);
        Set<ServerId> seen = new HashSet<>();
        List<Server> servers = root.groups(
                "servers",
                0,
                MOST_SERVERS,
                fields -> server(fields, defaults, seen),
                "id",
                "name",
                "groups",
                "tags",
                "baseline",
                "scanOnly",
                "alias",
                "operatingSystem",
                "connection");
        problems.throwIfAny();
        return servers;
    }

    private Defaults defaults(Fields fields) {
        return new Defaults(
                fields.optional("baseline", Words.BASELINE_NAME),
                fields.optional("scanOnly", Kind.truth()).orElse(false),
                fields.optional("alias", Words.ALIAS),
                fields.optional("operatingSystem", Kind.constant(OperatingSystem.class)),
                fields.group("connection", ConnectionFields.SHARED).map(connections::defaults));
    }

    private Optional<Server> server(Fields fields, Defaults defaults, Set<ServerId> seen) {
        Optional<ServerId> id = fields.required("id", Words.SERVER_ID);
        id.filter(known -> !seen.add(known))
                .ifPresent(twice -> fields.refuse("id", "'" + twice + "' is already the id of another server"));
        Optional<String> name = fields.optional("name", Kind.line(1, 200));
        List<String> groups = fields.list("groups", 0, 50, Words.GROUP);
        var tags = fields.map("tags", Words.TAG_KEY, Words.TAG_VALUE);
        Optional<String> baseline =
                fields.optional("baseline", Words.BASELINE_NAME).or(defaults::baseline);
        Optional<String> alias = fields.optional("alias", Words.ALIAS).or(defaults::alias);
        Optional<OperatingSystem> operatingSystem = fields.optional(
                        "operatingSystem", Kind.constant(OperatingSystem.class))
                .or(defaults::operatingSystem);
        boolean scanOnly = fields.optional("scanOnly", Kind.truth()).orElse(defaults.scanOnly());
        Optional<ConnectionSettings> connection = fields.requiredGroup("connection", ConnectionFields.ALL)
                .flatMap(given -> connections.read(given, defaults.connection()));
        if (connection.orElse(null) instanceof ConnectionSettings.Http && fields.has("baseline")) {
            fields.refuse("baseline", "has no meaning for a server of another site, which decides what is approved");
        }
        return id.flatMap(known -> connection.map(reached -> new Server(
                known,
                name.orElse(known.value()),
                Set.copyOf(groups),
                tags,
                baseline,
                scanOnly,
                alias,
                operatingSystem,
                reached)));
    }

    /** What holds for every server that does not say otherwise. */
    private record Defaults(
            Optional<String> baseline,
            boolean scanOnly,
            Optional<String> alias,
            Optional<OperatingSystem> operatingSystem,
            Optional<ConnectionFields.Defaults> connection) {
        static final Defaults NONE =
                new Defaults(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
