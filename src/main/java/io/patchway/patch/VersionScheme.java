package io.patchway.patch;

import io.github.nscuro.versatile.version.KnownVersioningSchemes;

/** How two versions of a package compare: the rules of the tool that installed it. */
public enum VersionScheme {
    /** {@code [epoch:]version-release}, compared as rpm does (tilde sorts before everything, caret after). */
    RPM(KnownVersioningSchemes.SCHEME_RPM),
    /** {@code [epoch:]upstream[-revision]}, compared as dpkg does. */
    DEB(KnownVersioningSchemes.SCHEME_DEBIAN),
    /** {@code year.month.day.revision} of an update, which has no version of its own: numbers, compared one by one. */
    WINDOWS(KnownVersioningSchemes.SCHEME_RPM);

    private final String name;

    VersionScheme(String name) {
        this.name = name;
    }

    String schemeName() {
        return name;
    }
}
