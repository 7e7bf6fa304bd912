package io.patchway.api.clc.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.clc.ClcServers;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.run.ExecutionIds;
import io.patchway.server.Server;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Groups as JSON, each with the groups below it. */
final class GroupDocument {
    private final ClcServers servers;
    private final ServerDocument documents;
    private final ComplianceRecords records;
    private final ExecutionIds ids;
    private final Instant inventoryWritten;

    /** @param inventoryWritten when the list of servers was last changed */
    GroupDocument(
            ClcServers servers,
            ServerDocument documents,
            ComplianceRecords records,
            ExecutionIds ids,
            Instant inventoryWritten) {
        this.servers = servers;
        this.documents = documents;
        this.records = records;
        this.ids = ids;
        this.inventoryWritten = inventoryWritten;
    }

    /** A group with links to its servers. */
    ObjectNode of(Group group, String alias) {
        return write(group, alias, Optional.empty());
    }

    /** The same, and beside the links the servers themselves. */
    ObjectNode detailed(Group group, String alias) {
        List<Server> all = group.all().distinct().toList();
        return write(group, alias, Optional.of(Known.of(all, records)));
    }

    private ObjectNode write(Group group, String alias, Optional<Known> known) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("id", group.id());
        root.put("name", group.name());
        root.put("description", group.parent().isEmpty() ? "All servers of the account" : "Server group");
        root.put("locationId", ids.location());
        root.put("type", "default");
        root.put("status", "active");
        root.put("serversCount", group.count());
        var below = root.putArray("groups");
        group.groups().forEach(each -> below.add(write(each, alias, known)));
        addLinks(root, group, alias);
        ServerDocument.changeInfo(root, inventoryWritten);
        root.putArray("customFields");
        known.ifPresent(facts -> {
            var entities = root.putArray("servers");
            group.servers().forEach(server -> entities.add(documents.of(server, facts)));
        });
        return root;
    }

    private void addLinks(ObjectNode root, Group group, String alias) {
        Links links = Links.of(root, alias);
        links.add("self", links.group(group.id()), group.id());
        group.parent().ifPresent(parent -> links.add("parentGroup", links.group(parent), parent));
        for (Server server : group.servers()) {
            String id = servers.idOf(server);
            links.add("server", links.server(id), id, id.toUpperCase(Locale.ROOT));
        }
    }
}
