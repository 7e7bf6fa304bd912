package io.patchway.patch;

import io.github.nscuro.versatile.VersionFactory;
import io.github.nscuro.versatile.spi.Version;

/**
 * A version of a package, comparable with other versions of the same scheme.
 *
 * @param scheme the rules of comparison
 * @param text {@code [epoch:]version-release} as the package manager prints it; an epoch of 0 is left out
 */
public record PackageVersion(VersionScheme scheme, String text) implements Comparable<PackageVersion> {
    private static final RecentComparisons RECENT = new RecentComparisons();

    /** @throws IllegalArgumentException when the text is no version in this scheme */
    public PackageVersion {
        if (text.startsWith("0:")) {
            text = text.substring(2);
        }
        try {
            parse(scheme, text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a " + scheme + " version", e);
        }
    }

    public static PackageVersion rpm(String text) {
        return new PackageVersion(VersionScheme.RPM, text);
    }

    public static PackageVersion deb(String text) {
        return new PackageVersion(VersionScheme.DEB, text);
    }

    /** @param text numbers with dots between them: year, month, day and revision of a Windows update */
    public static PackageVersion windows(String text) {
        return new PackageVersion(VersionScheme.WINDOWS, text);
    }

    /** @throws IllegalArgumentException when the schemes differ */
    @Override
    public int compareTo(PackageVersion other) {
        if (scheme != other.scheme) {
            throw new IllegalArgumentException("cannot compare " + this + " with " + other);
        }
        if (text.equals(other.text)) {
            return 0;
        }
        return RECENT.find(this, other).orElseGet(() -> compareAndRemember(other));
    }

    private int compareAndRemember(PackageVersion other) {
        int sign = scheme == VersionScheme.RPM && hasRelease() != other.hasRelease()
                ? compareWithoutRelease(other)
                : Integer.signum(parse(scheme, text).compareTo(parse(other.scheme, other.text)));
        RECENT.remember(this, other, sign);
        return sign;
    }

    /** The library reads a missing release as 0, but rpm puts it before every release. */
    private int compareWithoutRelease(PackageVersion other) {
        int byVersion = withoutRelease().compareTo(other.withoutRelease());
        return byVersion == 0 ? Boolean.compare(hasRelease(), other.hasRelease()) : byVersion;
    }

    private boolean hasRelease() {
        return text.indexOf('-') >= 0;
    }

    private PackageVersion withoutRelease() {
        return hasRelease() ? new PackageVersion(scheme, text.substring(0, text.lastIndexOf('-'))) : this;
    }

    public boolean newerThan(PackageVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return text;
    }

    private static Version parse(VersionScheme scheme, String text) {
        return VersionFactory.forScheme(scheme.schemeName(), text);
    }
}
