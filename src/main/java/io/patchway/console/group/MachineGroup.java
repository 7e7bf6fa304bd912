package io.patchway.console.group;

import java.util.List;
import java.util.UUID;

/**
 * A machine group as it is kept.
 *
 * @param serverGroup the group of the inventory that it is; null for one that people made in the console
 * @param credentialId kept for those who ask; null without one
 * @param filters what people put into it
 */
public record MachineGroup(
        String serverGroup,
        String description,
        String path,
        UUID credentialId,
        String connectionMethod,
        List<DiscoveryFilter> filters) {

    public MachineGroup {
        filters = List.copyOf(filters);
    }

    /** A group of the inventory. */
    public static MachineGroup ofInventory(String name) {
        return new MachineGroup(name, "Server group of the inventory", "", null, "Inherit", List.of());
    }

    /** The same with other entries. */
    public MachineGroup with(List<DiscoveryFilter> others) {
        return new MachineGroup(serverGroup, description, path, credentialId, connectionMethod, others);
    }
}
