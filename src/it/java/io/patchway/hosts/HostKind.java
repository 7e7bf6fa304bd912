package io.patchway.hosts;

import java.util.Locale;

/** What package manager a real host has. */
public enum HostKind {
    /** dnf 4 with its core plugins and {@code yum} as a link to it; says that it is Rocky Linux. */
    DNF,
    /** dnf 5 of a newer Debian, with {@code dnf} and {@code yum} as links to it; says that it is Fedora. */
    DNF5,
    /** apt and dpkg of Debian. */
    APT,
    /** zypper, with advisories written as SUSE writes them; says that it is SLES. */
    ZYPPER;

    String image() {
        return name().toLowerCase(Locale.ROOT);
    }
}
