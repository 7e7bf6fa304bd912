package io.patchway.baseline;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.List;

/** Windows: KB numbers and bulletin ids ({@code KB2032276}, {@code MS10-048}); no wildcard. */
record WindowsNames() implements NameFormat {

    @Override
    public List<String> spellings(PackageKey key, PackageVersion version) {
        return List.of(key.name());
    }

    @Override
    public boolean meansSpelling(NamePattern pattern, String spelling) {
        return pattern.text().equals(spelling);
    }

    @Override
    public boolean meansNotice(NamePattern pattern, Patch patch) {
        return NameFormat.isAdvisoryId(pattern, patch);
    }
}
