package io.patchway.baseline;

import io.patchway.patch.Patch;
import java.util.List;

/** The properties that every package version has, whatever its family. */
final class PackageProperties {
    private PackageProperties() {}

    static List<String> values(FilterKey key, PatchView view) {
        Patch patch = view.patch();
        return switch (key) {
            case NAME -> List.of(patch.key().name());
            case ARCH -> List.of(patch.key().arch());
            case PRODUCT -> List.of(view.product());
            case REPOSITORY -> known(patch.repository());
            case EPOCH -> List.of(VersionParts.of(patch.version()).epoch());
            case VERSION -> List.of(VersionParts.of(patch.version()).version());
            case RELEASE -> known(VersionParts.of(patch.version()).release());
            case PATCH_SET -> List.of("OS");
            default -> List.of();
        };
    }

    private static List<String> known(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }
}
