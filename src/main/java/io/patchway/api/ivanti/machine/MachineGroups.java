package io.patchway.api.ivanti.machine;

import io.patchway.api.ivanti.Guids;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.template.Documents;
import io.patchway.api.ivanti.template.NamedItems;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import io.patchway.console.group.GroupMembers;
import io.patchway.console.group.MachineFinder;
import io.patchway.console.group.MachineGroup;
import io.patchway.console.group.NumberedGroup;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The machine groups: all servers, the server groups of the inventory, and those that people make in the console. */
public final class MachineGroups {
    static final String WORD = "machine group";
    private static final String ALL_NAME = NumberedGroup.ALL.name();

    static final ConsoleItem ALL = new ConsoleItem(
            NumberedGroup.ALL.number(),
            Guids.named("machine group " + ALL_NAME),
            ItemKind.MACHINE_GROUP,
            ALL_NAME,
            "System",
            Instant.EPOCH,
            Documents.of(NumberedGroup.ALL.content()));

    private final NamedItems items;
    private final Inventory inventory;

    /**
     * Whom a group means at this moment.
     *
     * @param unknown names in it that no server, or more than one, is called by
     */
    public record Members(Set<Server> servers, List<String> unknown) {}

    /** @param inventory the servers in the groups that they are given without the console, and in no others */
    public MachineGroups(ConsoleItems items, Inventory inventory, Clock clock) {
        this.items = new NamedItems(items, ItemKind.MACHINE_GROUP, WORD, ALL_NAME::equalsIgnoreCase, clock);
        this.inventory = inventory;
    }

    NamedItems items() {
        return items;
    }

    /** All groups, ordered by number. A server group that is new in the inventory is given a number here. */
    List<ConsoleItem> all() {
        List<ConsoleItem> known = items.all();
        Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        inventory.all().forEach(server -> missing.addAll(server.groups()));
        known.forEach(item -> missing.remove(item.name()));
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

    /**
     * Reads what an item says.
     *
     * @throws IllegalStateException when it is damaged, or a newer Patchway wrote it
     */
    public static MachineGroup content(ConsoleItem item) {
        return Documents.read(item.document(), MachineGroup.class);
    }

    /** Whom some groups mean together. */
    public Members members(Collection<ConsoleItem> groups) {
        MachineFinder.Names names = new MachineFinder(inventory).now();
        List<NumberedGroup> made = all().stream()
                .filter(item -> item.number() != ALL.number())
                .map(item -> new NumberedGroup(item.number(), item.name(), content(item)))
                .toList();
        GroupMembers members = new GroupMembers(made, names);
        List<Integer> numbers = groups.stream().map(ConsoleItem::number).toList();
        Map<ServerId, Server> servers = new HashMap<>();
        names.all().forEach(server -> servers.put(server.id(), server));
        Set<Server> meant = new LinkedHashSet<>();
        numbers.forEach(number -> members.of(number).stream().map(servers::get).forEach(meant::add));
        return new Members(meant, List.copyOf(members.unknown(numbers)));
    }
}
