package io.patchway.api.ivanti;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.VersionScheme;
import java.util.List;
import java.util.UUID;

/** How patches are called: the same on every machine, in every scan, whether they are missing or installed. */
public final class PatchIds {
    private static final List<String> SEVERITIES = List.of("Critical", "Important", "Moderate", "Low");

    private PatchIds() {}

    /** The id of a package version of a distribution, such as {@code debian}. */
    public static UUID patch(String distribution, PackageKey key, String version) {
        return Guids.named("patch " + distribution + " " + key + " " + version);
    }

    public static UUID product(String distribution, String release) {
        return Guids.named("product " + distribution + " " + release);
    }

    /** A positive number that always belongs to the patch. */
    public static int vulnerability(UUID patch) {
        return (int) (patch.getMostSignificantBits() >>> 33);
    }

    /** A package version as its package manager writes it; of a Windows update its KB number. */
    public static String kb(PackageKey key, PackageVersion version) {
        if (key.arch().equals(PackageKey.WINDOWS)) {
            return key.name();
        }
        return version.scheme() == VersionScheme.DEB
                ? key.name() + "=" + version
                : key.name() + "-" + version + "." + key.arch();
    }

    /** The first advisory; empty without one. On apt, entries of changelogs are no advisories. */
    public static String bulletin(Patch patch) {
        return patch.advisories().stream()
                .map(advisory -> advisory.id())
                .findFirst()
                .orElse("");
    }

    public static String type(boolean security) {
        return security ? "SecurityPatch" : "NonSecurityPatch";
    }

    /** A severity in the words of the API; {@code None} for every other. */
    public static String severity(String word) {
        return SEVERITIES.contains(word) ? word : "None";
    }
}
