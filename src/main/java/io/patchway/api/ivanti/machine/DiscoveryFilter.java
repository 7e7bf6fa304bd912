package io.patchway.api.ivanti.machine;

import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import java.util.List;
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
record DiscoveryFilter(
        int id, Category category, String name, boolean isExcluded, UUID adminCredentialId, String note) {

    /** The kinds of entries that Patchway can look up. */
    enum Category {
        MachineName,
        Domain,
        IpAddress,
        IpRange,
        NestedGroup
    }

    private static final List<String> KNOWN =
            java.util.Arrays.stream(Category.values()).map(Category::name).toList();
    /** What the original knows besides: a directory, files on the console, hypervisors. */
    private static final List<String> ELSEWHERE = List.of(
            "OrganizationalUnit",
            "MachineNameFile",
            "DomainFile",
            "IpAddressFile",
            "IpRangeFile",
            "OrganizationalUnitFile",
            "VirtualServerWildcard");

    static DiscoveryFilter read(Body body, int id) {
        String word = body.requiredText("category");
        if (ELSEWHERE.stream().anyMatch(word::equalsIgnoreCase)) {
            throw IvantiRefusal.of(
                    "discoveryFilters.category",
                    word + " is not known to Patchway, which has no directory, files or hypervisors to ask; known are "
                            + String.join(", ", KNOWN));
        }
        Category category = Category.valueOf(body.word("category", KNOWN).orElseThrow());
        String name = body.requiredText("name");
        if (category == Category.IpRange && AddressRange.read(name).isEmpty()) {
            throw IvantiRefusal.of(
                    "discoveryFilters.name", "must be a range such as 192.0.2.1-192.0.2.50, but is '" + name + "'");
        }
        if (category == Category.IpAddress && !Names.isAddress(name)) {
            throw IvantiRefusal.of("discoveryFilters.name", "must be an address, but is '" + name + "'");
        }
        return new DiscoveryFilter(
                id,
                category,
                name,
                body.truth("isExcluded", false),
                body.guid("adminCredentialId").orElse(null),
                body.text("note").orElse(""));
    }
}
