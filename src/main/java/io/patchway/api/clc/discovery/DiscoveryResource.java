package io.patchway.api.clc.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcServers;
import io.patchway.run.ExecutionIds;
import java.util.Locale;

/**
 * {@code /v2/datacenters}, {@code /v2/groups} and {@code /v2/accounts}: the way from an account to its servers. There
 * is one data center, which is this installation.
 */
public final class DiscoveryResource implements ClcResource {
    private final ClcServers servers;
    private final ExecutionIds ids;
    private final GroupDocument groups;

    DiscoveryResource(ClcServers servers, ExecutionIds ids, GroupDocument groups) {
        this.servers = servers;
        this.ids = ids;
        this.groups = groups;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v2/datacenters/{alias}", this::datacenters);
        routes.get("/v2/datacenters/{alias}/{id}", this::datacenter);
        routes.get("/v2/groups/{alias}/{id}", this::group);
        routes.get("/v2/accounts/{alias}", this::account);
    }

    private void datacenters(Context context) {
        var all = JsonNodeFactory.instance.arrayNode();
        all.add(datacenter(alias(context), wants(context, "groupLinks")));
        context.json(all);
    }

    private void datacenter(Context context) {
        String alias = alias(context);
        if (!context.pathParam("id").equalsIgnoreCase(ids.location())) {
            throw new ClcRefusal(404, "Data center not found");
        }
        context.json(datacenter(alias, wants(context, "groupLinks")));
    }

    private ObjectNode datacenter(String alias, boolean groupLinks) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("id", ids.location());
        root.put("name", ids.location() + " - Patchway");
        Links links = Links.of(root, alias);
        links.add("self", links.datacenter(ids.location()));
        if (groupLinks) {
            Group group = root(alias);
            links.add("group", links.group(group.id()), group.id(), group.name());
        }
        return root;
    }

    private void group(Context context) {
        String alias = alias(context);
        Group found =
                root(alias).find(context.pathParam("id")).orElseThrow(() -> new ClcRefusal(404, "Group not found"));
        boolean detailed = "detailed".equalsIgnoreCase(context.queryParam("serverDetail"));
        context.json(detailed ? groups.detailed(found, alias) : groups.of(found, alias));
    }

    private void account(Context context) {
        String alias = alias(context);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("accountAlias", alias);
        root.put("status", "active");
        Links links = Links.of(root, alias);
        links.add("self", links.account());
        context.json(root);
    }

    private Group root(String alias) {
        return Group.root(alias, servers.under(alias));
    }

    private static String alias(Context context) {
        String alias = context.pathParam("alias").toUpperCase(Locale.ROOT);
        ClcDoor.caller(context, Role.VIEWER, alias);
        return alias;
    }

    private static boolean wants(Context context, String what) {
        return "true".equalsIgnoreCase(context.queryParam(what));
    }
}
