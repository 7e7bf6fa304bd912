package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.List;

/** zypper: the name of a patch, or a package in any rpm spelling with or without {@code .rpm} behind it. */
record ZypperNames() implements NameFormat {
    private static final String FILE_ENDING = ".rpm";

    @Override
    public NamePattern pattern(String entry) {
        boolean file = entry.endsWith(FILE_ENDING);
        return new NamePattern(file ? entry.substring(0, entry.length() - FILE_ENDING.length()) : entry);
    }

    @Override
    public List<String> spellings(PackageKey key, PackageVersion version) {
        return YumNames.rpmSpellings(key, version);
    }

    @Override
    public boolean meansNotice(NamePattern pattern, Patch patch) {
        for (Advisory advisory : patch.advisories()) {
            if (pattern.matches(advisory.id())) {
                return true;
            }
        }
        return false;
    }
}
