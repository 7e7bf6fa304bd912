package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.run.Operation;
import io.patchway.run.machine.MachineCommand;
import io.patchway.server.ServerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code config/machines.yaml}: the commands that start, stop and snapshot the machines of servers. */
public final class MachinesFile {
    private static final Duration USUAL = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Kind<Duration> DEADLINE = Words.DURATION.as(deadline -> {
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be from 1s to 30m");
        }
        return deadline;
    });
    private static final Set<String> PLACEHOLDERS =
            Set.of(MachineCommand.SERVER, MachineCommand.HOST, MachineCommand.SNAPSHOT);
    private static final Kind<String> WORD = Kind.line(0, 1000).as(MachinesFile::word);
    private static final List<Operation> OPERATIONS =
            Arrays.stream(Operation.values()).filter(Operation::isFromOutside).toList();
    private static final String[] COMMANDS =
            OPERATIONS.stream().map(Operation::word).toArray(String[]::new);

    private final Path file;

    public MachinesFile(Path file) {
        this.file = file;
    }

    /** Reads the file. When it has a problem, no command of it is taken; when it does not exist, there is none. */
    public Loaded<ListedMachines> load() {
        if (Files.notExists(file)) {
            return new Loaded<>(ListedMachines.NONE, List.of());
        }
        try {
            return new Loaded<>(read(), List.of());
        } catch (BadDocumentException e) {
            return new Loaded<>(ListedMachines.NONE, e.problems());
        }
    }

    private ListedMachines read() throws BadDocumentException {
        Problems problems = new Problems(file.toString());
        Fields root = Fields.root(DocumentReader.yaml().read(file), problems, "machines");
        List<ListedMachines.Entry> entries = root.groups(
                "machines", 0, 1000, MachinesFile::entry, "servers", "groups", "commands", "deadline", "repeatable");
        problems.throwIfAny();
        return new ListedMachines(entries);
    }

    private static Optional<ListedMachines.Entry> entry(Fields fields) {
        Set<ServerId> servers = new HashSet<>(fields.list("servers", 1, 10_000, Words.SERVER_ID));
        Set<String> groups = new HashSet<>(fields.list("groups", 1, 1000, Words.GROUP));
        if (!fields.has("servers") && !fields.has("groups")) {
            fields.refuse("servers", "is missing; name servers or groups");
        }
        Duration deadline = fields.optional("deadline", DEADLINE).orElse(USUAL);
        boolean repeatable = fields.optional("repeatable", Kind.truth()).orElse(false);
        Map<Operation, MachineCommand> commands = fields.requiredGroup("commands", COMMANDS)
                .map(group -> commands(group, deadline, repeatable))
                .orElse(Map.of());
        return Optional.of(new ListedMachines.Entry(servers, groups, commands));
    }

    private static Map<Operation, MachineCommand> commands(Fields group, Duration deadline, boolean repeatable) {
        Map<Operation, MachineCommand> commands = new EnumMap<>(Operation.class);
        for (Operation operation : OPERATIONS) {
            if (!group.has(operation.word())) {
                continue;
            }
            List<String> words = group.list(operation.word(), 1, 50, WORD);
            check(group, operation, words);
            commands.put(operation, new MachineCommand(operation, words, deadline, repeatable));
        }
        if (commands.containsKey(Operation.CREATE_SNAPSHOT) && !commands.containsKey(Operation.DELETE_SNAPSHOT)) {
            group.refuse(
                    Operation.CREATE_SNAPSHOT.word(), "needs a deleteSnapshot beside it: snapshots are made to expire");
        }
        if (commands.isEmpty()) {
            group.refuse("has no command");
        }
        return commands;
    }

    private static void check(Fields group, Operation operation, List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        if (!words.getFirst().startsWith("/")) {
            group.refuse(operation.word(), "must begin with the path of a program, such as /usr/local/bin/machine");
        }
        if (operation.isAboutSnapshots() && !words.contains(MachineCommand.SNAPSHOT)) {
            group.refuse(operation.word(), "must name the snapshot: {snapshot} as an argument of its own");
        }
        if (!operation.isAboutSnapshots() && words.contains(MachineCommand.SNAPSHOT)) {
            group.refuse(operation.word(), "is not about a snapshot, so {snapshot} has no meaning");
        }
        if (!words.contains(MachineCommand.SERVER) && !words.contains(MachineCommand.HOST)) {
            group.refuse(operation.word(), "must say which machine: {server} or {host} as an argument of its own");
        }
    }

    private static String word(String text) {
        boolean braces = text.contains("{") || text.contains("}");
        if (braces && !PLACEHOLDERS.contains(text)) {
            throw new IllegalArgumentException(
                    "must be plain text, or one of {server}, {host}, {snapshot} as a whole argument");
        }
        return text;
    }
}
