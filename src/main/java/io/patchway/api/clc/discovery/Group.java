package io.patchway.api.clc.discovery;

import io.patchway.run.Fingerprint;
import io.patchway.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A group of servers: the root of an account, which stands for all of its servers, or a server group below it.
 *
 * @param id 32 hexadecimal digits, always the same for the same account and name
 * @param servers the servers that are directly in it, ordered by id
 * @param groups the groups below it, ordered by name
 */
record Group(String id, String name, Optional<String> parent, List<Server> servers, List<Group> groups) {
    private static final int ID_LENGTH = 32;

    Group {
        servers = List.copyOf(servers);
        groups = List.copyOf(groups);
    }

    /**
     * The root group of an account. A server that is in several server groups is in each of them; one that is in none
     * is in the root itself.
     *
     * @param alias account alias, in upper case
     */
    static Group root(String alias, List<Server> servers) {
        String root = id(alias, "");
        Map<String, List<Server>> members = new TreeMap<>();
        servers.forEach(server -> server.groups()
                .forEach(name -> members.computeIfAbsent(name, first -> new ArrayList<>())
                        .add(server)));
        List<Group> groups = members.entrySet().stream()
                .map(entry -> new Group(
                        id(alias, entry.getKey()), entry.getKey(), Optional.of(root), entry.getValue(), List.of()))
                .toList();
        List<Server> alone =
                servers.stream().filter(server -> server.groups().isEmpty()).toList();
        return new Group(root, alias, Optional.empty(), alone, groups);
    }

    /** The id of the group that stands for a server's place: its first server group, else the root. */
    static String idOf(Server server, String alias) {
        return id(alias, server.groups().stream().sorted().findFirst().orElse(""));
    }

    private static String id(String alias, String name) {
        return Fingerprint.of("group of servers", alias, name).substring(0, ID_LENGTH);
    }

    /** This group or one below it. */
    Optional<Group> find(String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return id.equals(lower)
                ? Optional.of(this)
                : groups.stream().flatMap(group -> group.find(lower).stream()).findFirst();
    }

    /** How many different servers are in it and below it. */
    int count() {
        return (int) all().distinct().count();
    }

    /** The servers in it and below it; one that is in several groups comes several times. */
    Stream<Server> all() {
        return Stream.concat(servers.stream(), groups.stream().flatMap(Group::all));
    }
}
