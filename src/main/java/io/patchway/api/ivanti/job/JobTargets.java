package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.machine.MachineGroups;
import io.patchway.console.ConsoleItem;
import io.patchway.console.JobTarget;
import io.patchway.console.group.MachineFinder;
import io.patchway.server.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the machines that a call names. A name that nothing is known by becomes a machine with an error. */
public final class JobTargets {
    private final MachineFinder finder;
    private final MachineGroups groups;

    public JobTargets(MachineFinder finder, MachineGroups groups) {
        this.finder = finder;
        this.groups = groups;
    }

    /**
     * Each machine once, those that are named before those of groups.
     *
     * @throws IvantiRefusal when there is no such group
     */
    List<JobTarget> of(List<String> endpoints, List<Integer> groupNumbers) {
        MachineFinder.Names names = finder.now();
        Map<String, JobTarget> targets = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> add(targets, target(endpoint, names.find(endpoint))));
        if (!groupNumbers.isEmpty()) {
            MachineGroups.Members members = groups.members(existing(groupNumbers));
            members.servers().forEach(server -> add(targets, target(server)));
            members.unknown().forEach(name -> add(targets, target(name, names.find(name))));
        }
        return List.copyOf(targets.values());
    }

    private List<ConsoleItem> existing(List<Integer> numbers) {
        List<ConsoleItem> found = new ArrayList<>();
        for (int number : numbers) {
            found.add(groups.find(number)
                    .orElseThrow(() -> IvantiRefusal.of(
                            "machineGroupIds", "names the machine group " + number + ", which there is not")));
        }
        return found;
    }

    private static void add(Map<String, JobTarget> targets, JobTarget target) {
        String key = target.server()
                .map(server -> "server " + server)
                .orElse("name " + target.endpoint().toLowerCase(java.util.Locale.ROOT));
        targets.putIfAbsent(key, target);
    }

    static JobTarget target(Server server) {
        return new JobTarget(server.name(), Optional.of(server.id()), 0, "");
    }

    private static JobTarget target(String endpoint, List<Server> found) {
        return switch (found.size()) {
            case 1 -> new JobTarget(endpoint, Optional.of(found.get(0).id()), 0, "");
            case 0 ->
                new JobTarget(
                        endpoint,
                        Optional.empty(),
                        MachineError.NOT_FOUND,
                        "System not found: no server is called '" + endpoint + "'.");
            default ->
                new JobTarget(
                        endpoint,
                        Optional.empty(),
                        MachineError.AMBIGUOUS,
                        "'" + endpoint + "' is the name of several servers: "
                                + found.stream()
                                        .map(server -> server.id().value())
                                        .collect(Collectors.joining(", "))
                                + ".");
        };
    }
}
