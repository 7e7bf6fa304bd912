package io.patchway.console.group;

import java.util.UUID;

/**
 * One entry of a machine group.
 *
 * @param id from 1, within the group
 * @param category what the name is
 * @param name of a machine, domain, address, range or other group
 * @param isExcluded whether what it means is left out of the group
 * @param adminCredentialId kept for those who ask; servers are reached with the keys of the inventory
 */
public record DiscoveryFilter(
        int id, Category category, String name, boolean isExcluded, UUID adminCredentialId, String note) {

    /** The kinds of entries that Patchway can look up. */
    public enum Category {
        MachineName,
        Domain,
        IpAddress,
        IpRange,
        NestedGroup;

        /** Whether the name is that of one machine. */
        boolean isOneMachine() {
            return this == MachineName || this == IpAddress;
        }
    }
}
