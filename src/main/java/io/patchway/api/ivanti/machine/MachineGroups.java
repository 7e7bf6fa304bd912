package io.patchway.api.ivanti.machine;

import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.template.Documents;
import io.patchway.api.ivanti.template.NamedItems;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The machine groups: all servers, the server groups of the inventory, and those that people make in the console. */
public final class MachineGroups {
    static final String WORD = "machine group";
    private static final String ALL_NAME = "All Machines";

    /** All servers; it has the number that the original's samples scan. */
    static final ConsoleItem ALL = new ConsoleItem(
            1,
            io.patchway.api.ivanti.Guids.named("machine group " + ALL_NAME),
            ItemKind.MACHINE_GROUP,
            ALL_NAME,
            "System",
            Instant.EPOCH,
            Documents.of(new MachineGroup(null, "Every server of the inventory", "", null, "Inherit", List.of())));

    private final NamedItems items;
    private final Inventory inventory;
    private final MachineFinder finder;

    /**
     * Whom a group means at this moment.
     *
     * @param unknown names in it that no server, or more than one, is called by
     */
    public record Members(Set<Server> servers, List<String> unknown) {}

    public MachineGroups(ConsoleItems items, Inventory inventory, Clock clock) {
        this.items = new NamedItems(items, ItemKind.MACHINE_GROUP, WORD, ALL_NAME::equalsIgnoreCase, clock);
        this.inventory = inventory;
        this.finder = new MachineFinder(inventory);
    }

    NamedItems items() {
        return items;
    }

    /** All groups, ordered by number. A server group that is new in the inventory is given a number here. */
    List<ConsoleItem> all() {
        List<ConsoleItem> known = items.all();
        Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        inventory.all().forEach(server -> missing.addAll(server.groups()));
        missing.removeAll(known.stream().map(ConsoleItem::name).toList());
        missing.remove(ALL_NAME);
        missing.forEach(this::addFromInventory);
        return Stream.concat(Stream.of(ALL), (missing.isEmpty() ? known : items.all()).stream())
                .toList();
    }

    private void addFromInventory(String name) {
        try {
            items.add(name, MachineGroup.ofInventory(name), "System");
        } catch (IvantiRefusal e) {
            // Another call was faster: the group is there.
            if (e.status() != 409) {
                throw e;
            }
        }
    }

    /** @throws IvantiRefusal 404 */
    ConsoleItem existing(int number) {
        return find(number).orElseThrow(() -> IvantiRefusal.unknown(WORD, number));
    }

    public Optional<ConsoleItem> find(int number) {
        return all().stream().filter(item -> item.number() == number).findFirst();
    }

    static MachineGroup content(ConsoleItem item) {
        return Documents.read(item.document(), MachineGroup.class);
    }

    /** Whom some groups mean together. */
    public Members members(Collection<ConsoleItem> groups) {
        List<ConsoleItem> all = all();
        Lookup lookup = new Lookup(all, finder.now());
        groups.forEach(group -> lookup.add(group, new HashSet<>()));
        return new Members(lookup.servers, List.copyOf(lookup.unknown));
    }

    /** Collects the members of groups, also of groups within groups. */
    private static final class Lookup {
        private final List<ConsoleItem> all;
        private final MachineFinder.Names names;
        private final Set<Server> servers = new LinkedHashSet<>();
        private final Set<String> unknown = new LinkedHashSet<>();

        Lookup(List<ConsoleItem> all, MachineFinder.Names names) {
            this.all = all;
            this.names = names;
        }

        void add(ConsoleItem group, Set<Integer> outer) {
            servers.addAll(membersOf(group, outer));
        }

        private Set<Server> membersOf(ConsoleItem group, Set<Integer> outer) {
            if (group.number() == ALL.number()) {
                return new LinkedHashSet<>(names.all());
            }
            if (!outer.add(group.number())) {
                return Set.of();
            }
            MachineGroup content = content(group);
            Set<Server> members = new LinkedHashSet<>();
            if (content.serverGroup() != null) {
                names.all().stream()
                        .filter(server -> server.groups().contains(content.serverGroup()))
                        .forEach(members::add);
            }
            content.filters().stream()
                    .filter(filter -> !filter.isExcluded())
                    .forEach(filter -> members.addAll(meant(filter, outer)));
            content.filters().stream()
                    .filter(DiscoveryFilter::isExcluded)
                    .forEach(filter -> members.removeAll(meant(filter, outer)));
            outer.remove(group.number());
            return members;
        }

        private Collection<Server> meant(DiscoveryFilter filter, Set<Integer> outer) {
            return switch (filter.category()) {
                case MachineName, IpAddress -> single(filter);
                case Domain -> where(server -> Names.domain(server).equalsIgnoreCase(filter.name()));
                case IpRange -> {
                    Optional<AddressRange> range = AddressRange.read(filter.name());
                    yield where(server -> Names.address(server)
                            .filter(address ->
                                    range.filter(one -> one.contains(address)).isPresent())
                            .isPresent());
                }
                case NestedGroup ->
                    all.stream()
                            .filter(group -> group.name().equalsIgnoreCase(filter.name())
                                    || String.valueOf(group.number()).equals(filter.name()))
                            .flatMap(group -> membersOf(group, outer).stream())
                            .toList();
            };
        }

        private List<Server> where(java.util.function.Predicate<Server> condition) {
            return names.all().stream().filter(condition).toList();
        }

        private List<Server> single(DiscoveryFilter filter) {
            List<Server> found = names.find(filter.name());
            if (found.size() == 1) {
                return found;
            }
            if (!filter.isExcluded()) {
                unknown.add(filter.name());
            }
            return List.of();
        }
    }
}
