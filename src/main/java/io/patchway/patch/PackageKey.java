package io.patchway.patch;

import java.util.regex.Pattern;

/**
 * What identifies a package on one server, whatever its version.
 *
 * @param name the package manager's name, from the allow-list of characters that rpm and dpkg know
 * @param arch the architecture as the package manager prints it ({@code x86_64}, {@code noarch}, {@code amd64})
 */
public record PackageKey(String name, String arch) implements Comparable<PackageKey> {
    /** Stands for the architecture of Windows updates, which have none: the update agent offers what fits. */
    public static final String WINDOWS = "windows";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,199}");
    private static final Pattern ARCH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    /** @throws IllegalArgumentException when a part holds a character outside the allow-list */
    public PackageKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a package name");
        }
        if (!ARCH.matcher(arch).matches()) {
            throw new IllegalArgumentException("'" + arch + "' is not an architecture");
        }
    }

    @Override
    public int compareTo(PackageKey other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : arch.compareTo(other.arch);
    }

    @Override
    public String toString() {
        return arch.equals(WINDOWS) ? name : name + "." + arch;
    }
}
