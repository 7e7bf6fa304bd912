package io.patchway.server;

import java.util.List;
import java.util.Optional;

/** The servers that Patchway knows. */
public interface Inventory {
    Optional<Server> find(ServerId id);

    /** All servers, ordered by id. */
    List<Server> all();

    /** The members of a server group, ordered by id; empty when nobody is in it. */
    default List<Server> inGroup(String group) {
        return all().stream().filter(server -> server.groups().contains(group)).toList();
    }
}
