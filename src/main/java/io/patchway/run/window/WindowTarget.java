package io.patchway.run.window;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Servers that the tasks of a window may name together; which ones they are is looked up at each opening.
 *
 * @param resourceType {@code INSTANCE} or {@code RESOURCE_GROUP}
 * @param entries conditions that hold all at once
 * @param ownerInformation told again with everything that happens on these servers
 */
public record WindowTarget(
        UUID id,
        String resourceType,
        List<TargetEntry> entries,
        Optional<String> ownerInformation,
        Optional<String> name,
        Optional<String> description) {
    public WindowTarget {
        entries = List.copyOf(entries);
    }
}
