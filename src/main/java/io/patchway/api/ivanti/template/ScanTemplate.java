package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.Guids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a scan looks for.
 *
 * @param number of its item; empty for one that ships with the product
 * @param path folder in the console; Patchway keeps it and has no use for it
 * @param threadCount kept likewise: {@code patchway.node.places} decides
 * @param filter empty: each server's own patch baseline decides
 */
public record ScanTemplate(
        UUID id,
        Optional<Integer> number,
        String name,
        String description,
        String path,
        String creator,
        int threadCount,
        Optional<PatchFilter> filter) {

    private static final int USUAL_THREADS = 64;

    /** Those that ship with the product; scripts know the first one by its id. */
    public static final List<ScanTemplate> PREDEFINED = List.of(
            predefined(
                    UUID.fromString("4c7069eb-6e1c-4352-91fc-04d4d8abc07b"),
                    "Security Patch Scan",
                    "Security patches of every severity",
                    Optional.of(PatchFilter.SECURITY)),
            predefined(
                    Guids.named("scan template WUScan"),
                    "WUScan",
                    "Everything that the package manager offers",
                    Optional.of(PatchFilter.EVERYTHING)),
            predefined(
                    Guids.named("scan template Patch Baselines"),
                    "Patch Baselines",
                    "What the patch baseline of each server approves",
                    Optional.empty()));

    private static ScanTemplate predefined(UUID id, String name, String description, Optional<PatchFilter> filter) {
        return new ScanTemplate(id, Optional.empty(), name, description, "", "System", USUAL_THREADS, filter);
    }

    static int usualThreads() {
        return USUAL_THREADS;
    }

    boolean predefined() {
        return number.isEmpty();
    }
}
