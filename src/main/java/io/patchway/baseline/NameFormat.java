package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.server.PatchFamily;
import java.util.List;

/**
 * How a family's entries in the lists of approved and rejected patches name a patch (AWS Patch Manager: package name
 * formats).
 */
sealed interface NameFormat permits YumNames, AptNames, ZypperNames, WindowsNames, MacosNames {

    /** The pattern that an entry stands for. */
    default NamePattern pattern(String entry) {
        return new NamePattern(entry);
    }

    /** Every way to write this package version. */
    List<String> spellings(PackageKey key, PackageVersion version);

    /** Whether a spelling is meant; by default {@code *} is the only wildcard. */
    default boolean meansSpelling(NamePattern pattern, String spelling) {
        return pattern.matches(spelling);
    }

    /** Whether a notice about the patch is meant. */
    boolean meansNotice(NamePattern pattern, Patch patch);

    static NameFormat ofApproved(PatchFamily family) {
        return of(family, true);
    }

    static NameFormat ofRejected(PatchFamily family) {
        return of(family, false);
    }

    private static NameFormat of(PatchFamily family, boolean approved) {
        return switch (family) {
            case YUM -> new YumNames(approved);
            case APT -> new AptNames();
            case ZYPPER -> new ZypperNames();
            case WINDOWS -> new WindowsNames();
            case MACOS -> new MacosNames();
        };
    }

    /** Whether the pattern is the whole id of one of the patch's advisories, letter case aside. */
    static boolean isAdvisoryId(NamePattern pattern, Patch patch) {
        for (Advisory advisory : patch.advisories()) {
            if (pattern.text().equalsIgnoreCase(advisory.id())) {
                return true;
            }
        }
        return false;
    }
}
