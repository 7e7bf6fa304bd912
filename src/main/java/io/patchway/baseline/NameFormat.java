package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.server.PatchFamily;
import java.util.List;
import java.util.stream.Stream;

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

    /** The ids under which the patch can be listed besides its name. */
    List<String> notices(Patch patch);

    /** Whether an id is meant; by default all of it must be equal, letter case aside. */
    default boolean meansNotice(NamePattern pattern, String notice) {
        return pattern.text().equalsIgnoreCase(notice);
    }

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

    /** Advisory ids, CVE ids and Bugzilla numbers of a patch. */
    static List<String> references(Patch patch) {
        Stream<String> ofAdvisories = patch.advisories().stream()
                .flatMap(advisory -> Stream.concat(Stream.of(advisory.id()), advisory.bugzillas().stream()));
        return Stream.concat(ofAdvisories, patch.allCves().stream()).toList();
    }

    /** Ids of the notices themselves. */
    static List<String> advisoryIds(Patch patch) {
        return patch.advisories().stream().map(Advisory::id).toList();
    }
}
