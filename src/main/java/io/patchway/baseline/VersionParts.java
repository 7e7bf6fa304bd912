package io.patchway.baseline;

import io.patchway.patch.PackageVersion;

/**
 * The three parts of {@code [epoch:]version[-release]}.
 *
 * @param epoch digits; {@code 0} when the version has none
 * @param release the release, on apt the revision; empty text when there is none
 */
record VersionParts(String epoch, String version, String release) {

    static VersionParts of(PackageVersion packageVersion) {
        String text = packageVersion.text();
        int colon = text.indexOf(':');
        int hyphen = text.lastIndexOf('-');
        int end = hyphen < 0 ? text.length() : hyphen;
        return new VersionParts(
                colon < 0 ? "0" : text.substring(0, colon),
                text.substring(colon + 1, end),
                hyphen < 0 ? "" : text.substring(hyphen + 1));
    }

    /** Version and release without the epoch. */
    String withoutEpoch() {
        return release.isEmpty() ? version : version + "-" + release;
    }
}
