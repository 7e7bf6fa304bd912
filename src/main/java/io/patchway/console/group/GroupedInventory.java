package io.patchway.console.group;

import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inventory whose servers are also in the groups that people made in the console, on whichever node, a second ago or
 * earlier. A group whose name no server group can have is known to the console only. Thread-safe.
 */
public final class GroupedInventory implements Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(GroupedInventory.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Inventory own;
    private final ConsoleItems items;
    private final Function<ConsoleItem, MachineGroup> reader;
    private final Clock clock;
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(Instant.MIN, Map.of()));
    private final Set<Integer> unreadable = ConcurrentHashMap.newKeySet();

    /** @param reader reads what an item says; throws {@link IllegalStateException} when it is damaged or too new */
    public GroupedInventory(
            Inventory own, ConsoleItems items, Function<ConsoleItem, MachineGroup> reader, Clock clock) {
        this.own = own;
        this.items = items;
        this.reader = reader;
        this.clock = clock;
    }

    /** The same servers, in none but the groups that they are given without the console. */
    public Inventory own() {
        return own;
    }

    @Override
    public Optional<Server> find(ServerId id) {
        return own.find(id).map(server -> grouped(server, groups()));
    }

    @Override
    public List<Server> all() {
        Map<ServerId, Set<String>> groups = groups();
        return own.all().stream().map(server -> grouped(server, groups)).toList();
    }

    /** Groups that were changed on this node count from now on, and not only after a second. */
    public void lookAgain() {
        seen.set(new Seen(Instant.MIN, Map.of()));
    }

    /** Of several threads that find it stale, each may ask again; they all get the same. */
    private Map<ServerId, Set<String>> groups() {
        Instant now = clock.instant();
        Seen last = seen.get();
        if (last.at().isAfter(now.minus(FRESH))) {
            return last.groups();
        }
        Seen fresh = new Seen(now, lookUp());
        // What was looked up before a change on this node must not count after it.
        seen.compareAndSet(last, fresh);
        return fresh.groups();
    }

    private Map<ServerId, Set<String>> lookUp() {
        List<NumberedGroup> made = made();
        if (made.stream().noneMatch(NumberedGroup::canBeServerGroup)) {
            return Map.of();
        }
        GroupMembers members = new GroupMembers(made, new MachineFinder(own).now());
        Map<ServerId, Set<String>> groups = new HashMap<>();
        made.stream()
                .filter(NumberedGroup::canBeServerGroup)
                .forEach(group -> members.of(group.number())
                        .forEach(server -> groups.computeIfAbsent(server, first -> new HashSet<>())
                                .add(group.name())));
        return groups;
    }

    /** All of them or, since groups may be within each other, none as long as one cannot be read. */
    private List<NumberedGroup> made() {
        List<NumberedGroup> made = new ArrayList<>();
        for (ConsoleItem item : items.all(ItemKind.MACHINE_GROUP)) {
            try {
                made.add(new NumberedGroup(item.number(), item.name(), reader.apply(item)));
            } catch (IllegalStateException e) {
                if (unreadable.add(item.number())) {
                    LOG.error(
                            "No machine group is a server group as long as number {} is not mended: {}",
                            item.number(),
                            e.getMessage());
                }
                return List.of();
            }
        }
        return made;
    }

    private static Server grouped(Server server, Map<ServerId, Set<String>> groups) {
        Set<String> more = groups.get(server.id());
        if (more == null || server.groups().containsAll(more)) {
            return server;
        }
        Set<String> all = new HashSet<>(server.groups());
        all.addAll(more);
        return server.grouped(all);
    }

    private record Seen(Instant at, Map<ServerId, Set<String>> groups) {}
}
