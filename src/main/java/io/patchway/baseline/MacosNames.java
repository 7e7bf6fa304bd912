package io.patchway.baseline;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.List;

/** macOS: a full package name, with or without the version; no wildcard. */
record MacosNames() implements NameFormat {

    @Override
    public List<String> spellings(PackageKey key, PackageVersion version) {
        return List.of(key.name(), key.name() + "-" + version);
    }

    @Override
    public boolean meansSpelling(NamePattern pattern, String spelling) {
        return pattern.text().equals(spelling);
    }

    @Override
    public boolean meansNotice(NamePattern pattern, Patch patch) {
        return false;
    }
}
