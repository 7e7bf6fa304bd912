package io.patchway.api.ssm.baseline;

import io.patchway.api.ssm.baseline.OfferedPatches.Offered;
import io.patchway.patch.Patch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** How DescribeAvailablePatches compares a patch with the values of a filter; letter case does not matter. */
public final class PatchFilters {
    static final Map<String, BiPredicate<Offered, String>> BY_KEY = Map.ofEntries(
            of("PATCH_SET", entry -> List.of("OS")),
            of("PRODUCT", entry -> List.of(entry.product())),
            of("NAME", entry -> List.of(entry.name())),
            of("PATCH_ID", entry -> List.of(entry.id())),
            of("EPOCH", entry -> List.of(String.valueOf(entry.epoch()))),
            of("VERSION", entry -> List.of(entry.version())),
            of("RELEASE", entry -> List.of(entry.release())),
            of("ARCH", entry -> List.of(entry.arch())),
            of("REPOSITORY", entry -> List.of(entry.repository())),
            of("CLASSIFICATION", entry -> entry.classification().stream().toList()),
            of("SEVERITY", entry -> entry.severity().stream().toList()),
            of("ADVISORY_ID", PatchEntry::advisoryIds),
            of("BUGZILLA_ID", PatchEntry::bugzillaIds),
            of("CVE_ID", PatchEntry::cveIds),
            ofPatch("PRIORITY", patch -> patch.priority().stream().toList()),
            ofPatch("SECTION", patch -> patch.section().stream().toList()),
            ofPatch("SECURITY", patch -> List.of(String.valueOf(patch.securityUpdate()))));

    private PatchFilters() {}

    private static Map.Entry<String, BiPredicate<Offered, String>> of(
            String key, Function<PatchEntry, Collection<String>> values) {
        return Map.entry(key, (offered, value) -> matches(values.apply(PatchEntry.of(offered)), value));
    }

    private static Map.Entry<String, BiPredicate<Offered, String>> ofPatch(
            String key, Function<Patch, Collection<String>> values) {
        return Map.entry(key, (offered, value) -> matches(values.apply(offered.patch()), value));
    }

    private static boolean matches(Collection<String> there, String value) {
        return value.equals("*") || there.stream().anyMatch(value::equalsIgnoreCase);
    }
}
