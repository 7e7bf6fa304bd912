package io.patchway.api.ivanti.template;

import java.util.List;
import java.util.stream.Stream;

/**
 * Patches that somebody has put together: the approved list of the baselines that scans with it work with.
 *
 * @param path folder in the console
 * @param names advisory ids, and packages as {@code name.arch}, each for all its versions
 * @param cves CVE ids; what fixes one of them is meant
 */
public record PatchGroup(String path, List<String> names, List<String> cves) {
    public PatchGroup {
        names = List.copyOf(names);
        cves = List.copyOf(cves);
    }

    /** The same group with more in it. */
    PatchGroup with(List<String> moreNames, List<String> moreCves) {
        return new PatchGroup(
                path,
                Stream.concat(names.stream(), moreNames.stream()).distinct().toList(),
                Stream.concat(cves.stream(), moreCves.stream()).distinct().toList());
    }
}
