package io.patchway.baseline;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.List;

/**
 * apt: a bare package name, for all its architectures and versions; or {@code name.arch}, {@code name.arch:version}.
 */
record AptNames() implements NameFormat {

    @Override
    public List<String> spellings(PackageKey key, PackageVersion version) {
        return List.of(key.name(), key.toString(), key + ":" + version);
    }

    @Override
    public boolean meansNotice(NamePattern pattern, Patch patch) {
        return false;
    }
}
