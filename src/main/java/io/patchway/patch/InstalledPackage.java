package io.patchway.patch;

import java.time.Instant;
import java.util.Optional;

/**
 * A package that is on a server.
 *
 * @param installedAt when it was installed, as the package database says; empty when that is not recorded
 */
public record InstalledPackage(PackageKey key, PackageVersion version, Optional<Instant> installedAt) {}
