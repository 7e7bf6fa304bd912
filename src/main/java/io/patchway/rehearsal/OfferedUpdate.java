package io.patchway.rehearsal;

import io.patchway.patch.Advisory;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;

/**
 * An update that a simulated repository offers, with its one advisory.
 *
 * @param installed the version that it replaces
 * @param version the version that it brings
 * @param breaks whether installing it always fails, as with a broken scriptlet
 */
record OfferedUpdate(
        PackageKey key, PackageVersion installed, PackageVersion version, Advisory advisory, boolean breaks) {

    boolean needsReboot() {
        return advisory.rebootSuggested();
    }

    /** As rpm prints it: {@code name-version-release.arch}. */
    String label() {
        return "%s-%s.%s".formatted(key.name(), version, key.arch());
    }
}
