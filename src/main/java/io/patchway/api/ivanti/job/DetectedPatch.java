package io.patchway.api.ivanti.job;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One installed or missing patch. What stands behind {@code vendorSeverity} is Patchway's addition.
 *
 * @param bulletinId id of the advisory; empty where the vendor has none
 * @param kb the package version: {@code name-version-release.arch}, on apt {@code package=version}
 * @param patchId the same for this package version on every machine and in every scan
 * @param servicePackName release of the operating system
 * @param advisories ids of all advisories
 * @param rebootRequired whether the vendor says that a reboot is needed afterwards
 */
record DetectedPatch(
        String bulletinId,
        String cultureName,
        String kb,
        Map<String, Map<String, String>> links,
        String patchType,
        UUID patchId,
        String productName,
        UUID productId,
        long scanItemId,
        String scanState,
        String servicePackName,
        String vendorSeverity,
        List<String> advisories,
        List<String> cves,
        boolean rebootRequired,
        String packageName,
        String packageVersion) {
    static final String FOUND = "FoundPatch";
    static final String MISSING = "MissingPatch";

    /** The values that {@code scanState} may ask for. */
    static final List<String> STATES = List.of(FOUND, MISSING, "MissingServicePack");

    static final List<String> SEVERITIES = List.of("None", "Critical", "Important", "Moderate", "Low");
}
