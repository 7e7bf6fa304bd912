package io.patchway.api.ivanti.machine;

import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.console.group.AddressRange;
import io.patchway.console.group.DiscoveryFilter;
import io.patchway.console.group.DiscoveryFilter.Category;
import io.patchway.console.group.MachineNames;
import java.util.List;
import java.util.stream.Stream;

/** An entry of a machine group as it is written in a call. */
record WrittenFilter(Body body) {
    private static final List<String> KNOWN =
            Stream.of(Category.values()).map(Category::name).toList();
    /** What the original knows besides: a directory, files on the console, hypervisors. */
    private static final List<String> ELSEWHERE = List.of(
            "OrganizationalUnit",
            "MachineNameFile",
            "DomainFile",
            "IpAddressFile",
            "IpRangeFile",
            "OrganizationalUnitFile",
            "VirtualServerWildcard");

    /** @throws IvantiRefusal 400 for what cannot be looked up */
    DiscoveryFilter read(int id) {
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
        if (category == Category.IpAddress && !MachineNames.isAddress(name)) {
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
