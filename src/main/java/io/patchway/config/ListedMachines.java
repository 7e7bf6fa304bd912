package io.patchway.config;

import io.patchway.run.Operation;
import io.patchway.run.machine.MachineCommand;
import io.patchway.run.machine.MachineCommands;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The commands of {@code config/machines.yaml}.
 *
 * @param entries the first that means a server and has the command counts
 */
public record ListedMachines(List<Entry> entries) implements MachineCommands {
    /** No commands. */
    public static final ListedMachines NONE = new ListedMachines(List.of());

    public ListedMachines {
        entries = List.copyOf(entries);
    }

    @Override
    public Optional<MachineCommand> find(Server server, Operation operation) {
        return entries.stream()
                .filter(entry -> entry.means(server))
                .flatMap(entry -> Stream.ofNullable(entry.commands().get(operation)))
                .findFirst();
    }

    /** The servers that are named one by one, ordered by id. */
    public Set<ServerId> servers() {
        Set<ServerId> named = new TreeSet<>();
        entries.forEach(entry -> named.addAll(entry.servers()));
        return named;
    }

    /** Commands for some servers and for the members of some groups. */
    public record Entry(Set<ServerId> servers, Set<String> groups, Map<Operation, MachineCommand> commands) {
        public Entry {
            servers = Set.copyOf(servers);
            groups = Set.copyOf(groups);
            commands = Map.copyOf(commands);
        }

        boolean means(Server server) {
            return servers.contains(server.id()) || server.groups().stream().anyMatch(groups::contains);
        }
    }
}
