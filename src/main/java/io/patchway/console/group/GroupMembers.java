package io.patchway.console.group;

import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whom machine groups mean at one moment. Groups may be within each other, also in circles: then each has the members
 * of all of them.
 */
public final class GroupMembers {
    private final List<NumberedGroup> groups;
    private final MachineFinder.Names names;
    private final Map<DiscoveryFilter, Set<ServerId>> meant = new HashMap<>();
    private final Map<DiscoveryFilter, List<NumberedGroup>> nested = new HashMap<>();
    private final Map<Integer, Set<ServerId>> given = new HashMap<>();
    private final Map<Integer, Set<ServerId>> members = new HashMap<>();

    /**
     * @param made all groups but that of all servers
     * @param names the servers in the groups that the inventory gives them, and in no others
     */
    public GroupMembers(List<NumberedGroup> made, MachineFinder.Names names) {
        this.groups = new ArrayList<>(made);
        this.groups.add(NumberedGroup.ALL);
        this.names = names;
        for (NumberedGroup group : groups) {
            given.put(group.number(), where(server -> group.isGivenTo(server)));
            group.content().filters().forEach(this::lookUp);
        }
        settle();
    }

    /** The members of a group; none when there is no such group. */
    public Set<ServerId> of(int number) {
        return members.getOrDefault(number, Set.of());
    }

    /** The machines that some groups name, also through other groups, and that no server, or more than one, is. */
    public Set<String> unknown(Collection<Integer> numbers) {
        Set<String> unknown = new LinkedHashSet<>();
        Set<Integer> seen = new HashSet<>();
        Deque<NumberedGroup> next = new ArrayDeque<>();
        groups.stream().filter(group -> numbers.contains(group.number())).forEach(next::add);
        while (!next.isEmpty()) {
            NumberedGroup group = next.remove();
            if (seen.add(group.number())) {
                included(group).forEach(filter -> {
                    next.addAll(nested.getOrDefault(filter, List.of()));
                    if (filter.category().isOneMachine() && meant.get(filter).isEmpty()) {
                        unknown.add(filter.name());
                    }
                });
            }
        }
        return unknown;
    }

    private void lookUp(DiscoveryFilter filter) {
        String name = filter.name();
        switch (filter.category()) {
            case MachineName, IpAddress -> meant.put(filter, single(names.find(name)));
            case Domain ->
                meant.put(filter, where(server -> MachineNames.domain(server).equalsIgnoreCase(name)));
            case IpRange ->
                meant.put(filter, AddressRange.read(name).map(this::in).orElse(Set.of()));
            case NestedGroup ->
                nested.put(
                        filter,
                        groups.stream().filter(group -> group.isCalled(name)).toList());
        }
    }

    private static Set<ServerId> single(List<Server> found) {
        return found.size() == 1 ? Set.of(found.get(0).id()) : Set.of();
    }

    private Set<ServerId> in(AddressRange range) {
        return where(server -> {
            Optional<String> address = MachineNames.address(server);
            return address.isPresent() && range.contains(address.get());
        });
    }

    private Set<ServerId> where(Predicate<Server> condition) {
        return names.all().stream()
                .filter(condition)
                .map(Server::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Begins with nobody in any group, and goes through all of them until nothing changes any more, which is at the
     * latest when it did so as often as there are groups. Only groups that exclude each other in a circle never settle.
     */
    private void settle() {
        boolean changed = true;
        for (int round = 0; changed && round <= groups.size(); round++) {
            changed = false;
            for (NumberedGroup group : groups) {
                Set<ServerId> now = members(group);
                changed |= !now.equals(members.put(group.number(), now));
            }
        }
    }

    private Set<ServerId> members(NumberedGroup group) {
        Set<ServerId> found = new LinkedHashSet<>();
        included(group).forEach(filter -> each(filter, found::addAll));
        group.content().filters().stream()
                .filter(DiscoveryFilter::isExcluded)
                .forEach(filter -> each(filter, found::removeAll));
        // What the inventory gives, no entry takes away.
        found.addAll(given.get(group.number()));
        return found;
    }

    private static List<DiscoveryFilter> included(NumberedGroup group) {
        return group.content().filters().stream()
                .filter(filter -> !filter.isExcluded())
                .toList();
    }

    private void each(DiscoveryFilter filter, Consumer<Set<ServerId>> action) {
        action.accept(meant.getOrDefault(filter, Set.of()));
        nested.getOrDefault(filter, List.of()).forEach(group -> action.accept(of(group.number())));
    }
}
