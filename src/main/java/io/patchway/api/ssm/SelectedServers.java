package io.patchway.api.ssm;

import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.TargetLookup;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.List;

/** Finds the servers of the inventory that the targets of a window mean. */
public final class SelectedServers implements TargetLookup {
    private final Inventory inventory;
    private final NodeIds nodes;

    public SelectedServers(Inventory inventory, NodeIds nodes) {
        this.inventory = inventory;
        this.nodes = nodes;
    }

    @Override
    public List<ServerId> servers(List<TargetEntry> entries) {
        List<TargetDocument> targets = entries.stream()
                .map(entry -> new TargetDocument(entry.key(), entry.values()))
                .toList();
        return TargetDocument.selection(targets, nodes).in(inventory).stream()
                .map(Server::id)
                .toList();
    }
}
