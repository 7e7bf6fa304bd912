package io.patchway.baseline;

import io.patchway.server.PatchFamily;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What filters can ask for on a family of operating systems.
 *
 * @param keys the properties that patches of the family have
 * @param words the values of those properties that have no others; publishers choose the rest
 */
record FilterVocabulary(Set<FilterKey> keys, Map<FilterKey, List<String>> words) {
    private static final Set<FilterKey> OF_PACKAGES = EnumSet.of(
            FilterKey.ARCH,
            FilterKey.CVE_ID,
            FilterKey.EPOCH,
            FilterKey.NAME,
            FilterKey.PRODUCT,
            FilterKey.RELEASE,
            FilterKey.REPOSITORY,
            FilterKey.SECURITY,
            FilterKey.VERSION);
    private static final Map<FilterKey, List<String>> TRUTH = Map.of(FilterKey.SECURITY, List.of("true", "false"));

    private static final FilterVocabulary NOTICES = new FilterVocabulary(
            with(
                    OF_PACKAGES,
                    FilterKey.CLASSIFICATION,
                    FilterKey.SEVERITY,
                    FilterKey.ADVISORY_ID,
                    FilterKey.BUGZILLA_ID,
                    FilterKey.PATCH_ID),
            TRUTH);

    private static final FilterVocabulary APT = new FilterVocabulary(
            with(OF_PACKAGES, FilterKey.PRIORITY, FilterKey.SECTION),
            Map.of(
                    FilterKey.SECURITY,
                    List.of("true", "false"),
                    FilterKey.PRIORITY,
                    List.of("Required", "Important", "Standard", "Optional", "Extra")));

    private static final FilterVocabulary WINDOWS = new FilterVocabulary(
            EnumSet.of(
                    FilterKey.PATCH_SET,
                    FilterKey.PRODUCT,
                    FilterKey.PRODUCT_FAMILY,
                    FilterKey.CLASSIFICATION,
                    FilterKey.MSRC_SEVERITY,
                    FilterKey.PATCH_ID,
                    FilterKey.CVE_ID),
            Map.of(
                    FilterKey.PATCH_SET,
                    List.of("OS", "APPLICATION"),
                    FilterKey.CLASSIFICATION,
                    List.of(
                            "CriticalUpdates",
                            "DefinitionUpdates",
                            "Drivers",
                            "FeaturePacks",
                            "SecurityUpdates",
                            "ServicePacks",
                            "Tools",
                            "UpdateRollups",
                            "Updates",
                            "Upgrades"),
                    FilterKey.MSRC_SEVERITY,
                    List.of("Critical", "Important", "Moderate", "Low", "Unspecified")));

    private static final FilterVocabulary MACOS =
            new FilterVocabulary(with(OF_PACKAGES, FilterKey.CLASSIFICATION, FilterKey.PATCH_ID), TRUTH);

    static FilterVocabulary of(PatchFamily family) {
        return switch (family) {
            case YUM, ZYPPER -> NOTICES;
            case APT -> APT;
            case WINDOWS -> WINDOWS;
            case MACOS -> MACOS;
        };
    }

    boolean allows(FilterKey key) {
        return keys.contains(key);
    }

    /** The only values of a property; empty when there are others. */
    Optional<List<String>> values(FilterKey key) {
        return Optional.ofNullable(words.get(key));
    }

    private static Set<FilterKey> with(Set<FilterKey> common, FilterKey... more) {
        Set<FilterKey> all = EnumSet.copyOf(common);
        all.addAll(List.of(more));
        return all;
    }
}
