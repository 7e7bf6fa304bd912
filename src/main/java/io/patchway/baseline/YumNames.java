package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.List;

/**
 * yum and dnf: package names in every spelling that yum itself understands, and, where the list allows them, advisory,
 * CVE and Bugzilla ids.
 *
 * @param notices whether ids count as well: in the approved list they do, in the rejected list they do not
 */
record YumNames(boolean notices) implements NameFormat {

    @Override
    public List<String> spellings(PackageKey key, PackageVersion version) {
        return rpmSpellings(key, version);
    }

    static List<String> rpmSpellings(PackageKey key, PackageVersion packageVersion) {
        VersionParts parts = VersionParts.of(packageVersion);
        String name = key.name();
        String versioned = name + "-" + parts.version();
        String full = name + "-" + parts.withoutEpoch();
        return List.of(
                name,
                name + "." + key.arch(),
                versioned,
                full,
                full + "." + key.arch(),
                name + "-" + parts.epoch() + ":" + parts.withoutEpoch() + "." + key.arch(),
                parts.epoch() + ":" + full + "." + key.arch());
    }

    @Override
    public boolean meansNotice(NamePattern pattern, Patch patch) {
        if (!notices || !pattern.literal()) {
            return false;
        }
        if (NameFormat.isAdvisoryId(pattern, patch) || contains(patch.cves(), pattern)) {
            return true;
        }
        for (Advisory advisory : patch.advisories()) {
            if (contains(advisory.cves(), pattern) || contains(advisory.bugzillas(), pattern)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<String> references, NamePattern pattern) {
        for (String reference : references) {
            if (pattern.text().equalsIgnoreCase(reference)) {
                return true;
            }
        }
        return false;
    }
}
