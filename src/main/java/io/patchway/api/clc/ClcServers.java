package io.patchway.api.clc;

import io.patchway.run.ExecutionIds;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Servers by the ids that clients of CenturyLink Cloud know. CenturyLink's Python SDK takes an id of eight characters
 * or fewer for a server that is still being built, and breaks. So an id with nine or more is a server's id there as it
 * is, and a shorter one follows the location and the account alias, as in {@code wa1pwayweb-01}; zeros fill up what is
 * still too short.
 */
public final class ClcServers {
    /** The account alias of servers that name none, unless a setting says otherwise. */
    public static final String STANDARD_ALIAS = "PWAY";

    private static final int SHORTEST = 9;
    private static final Pattern ALIAS = Pattern.compile("[A-Z0-9]{2,12}");

    private final Inventory inventory;
    private final String location;
    private final String usualAlias;

    /**
     * @param usualAlias the account alias of servers that name none: 2 to 12 letters or digits
     * @throws IllegalArgumentException when the alias is something else
     */
    public ClcServers(Inventory inventory, ExecutionIds ids, String usualAlias) {
        this.inventory = inventory;
        this.location = ids.location().toLowerCase(Locale.ROOT);
        this.usualAlias = usualAlias.toUpperCase(Locale.ROOT);
        if (!ALIAS.matcher(this.usualAlias).matches()) {
            throw new IllegalArgumentException("an account alias is 2 to 12 letters or digits, such as PWAY");
        }
    }

    /**
     * A server of an account.
     *
     * @param alias in any letter case
     * @param id the id that {@link #idOf} gives, or the one in the inventory, in any letter case
     * @return empty when no server has the id, and when that one belongs to another account
     */
    public Optional<Server> find(String alias, String id) {
        return known(id).filter(server -> isUnder(server, alias)).or(() -> shorter(alias, id));
    }

    /** A server by its id in the inventory, whatever account it belongs to. */
    public Optional<Server> find(ServerId id) {
        return inventory.find(id);
    }

    /** What clients call a server: lower case, at least nine characters. */
    public String idOf(Server server) {
        String own = server.id().value();
        if (own.length() >= SHORTEST) {
            return own;
        }
        String before = location + aliasOf(server).toLowerCase(Locale.ROOT);
        return before + "0".repeat(Math.max(0, SHORTEST - before.length() - own.length())) + own;
    }

    /** The account alias of a server, in upper case. */
    public String aliasOf(Server server) {
        return server.alias().orElse(usualAlias);
    }

    /** The servers of an account, in any letter case, ordered by their ids in the inventory. */
    public List<Server> under(String alias) {
        return inventory.all().stream().filter(server -> isUnder(server, alias)).toList();
    }

    /** Ids that mean several servers, as lines for people; each of those servers is still found by its own id. */
    public List<String> ambiguities() {
        return inventory.all().stream().collect(Collectors.groupingBy(this::idOf)).entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "the tools of CenturyLink Cloud know several servers as " + entry.getKey() + ": "
                        + entry.getValue().stream()
                                .map(server -> server.id().value())
                                .collect(Collectors.joining(", "))
                        + "; give all but one another id")
                .sorted()
                .toList();
    }

    private Optional<Server> known(String id) {
        try {
            return inventory.find(new ServerId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The server whose own id is the end of a longer one. */
    private Optional<Server> shorter(String alias, String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        String before = location + alias.toLowerCase(Locale.ROOT);
        if (!wanted.startsWith(before)) {
            return Optional.empty();
        }
        for (String own = wanted.substring(before.length()); !own.isEmpty(); own = own.substring(1)) {
            Optional<Server> server = known(own)
                    .filter(found -> isUnder(found, alias) && idOf(found).equals(wanted));
            if (server.isPresent() || !own.startsWith("0")) {
                return server;
            }
        }
        return Optional.empty();
    }

    private boolean isUnder(Server server, String alias) {
        return aliasOf(server).equalsIgnoreCase(alias);
    }
}
