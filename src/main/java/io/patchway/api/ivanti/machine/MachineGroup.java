package io.patchway.api.ivanti.machine;

import java.util.List;
import java.util.UUID;

/**
 * A machine group as it is kept.
 *
 * @param serverGroup the group of the inventory that it is; null for one that people made in the console
 * @param credentialId kept for those who ask; null without one
 * @param filters what people put into it
 */
record MachineGroup(
        String serverGroup,
        String description,
        String path,
        UUID credentialId,
        String connectionMethod,
        List<DiscoveryFilter> filters) {

    MachineGroup {
        filters = List.copyOf(filters);
    }

    /** A group of the inventory. */
    static MachineGroup ofInventory(String name) {
        return new MachineGroup(name, "Server group of the inventory", "", null, "Inherit", List.of());
    }

    MachineGroup with(List<DiscoveryFilter> others) {
        return new MachineGroup(serverGroup, description, path, credentialId, connectionMethod, others);
    }
}
