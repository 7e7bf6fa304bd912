package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes patches for tests: {@code rpm("openssl", "3.0.7-2.el9").security("Important").build()}. */
public final class PatchBuilder {
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final PackageKey key;
    private final PackageVersion version;
    private final List<Advisory> advisories = new ArrayList<>();
    private boolean securityArchive;
    private Optional<String> priority = Optional.empty();
    private Optional<String> section = Optional.empty();
    private Optional<Instant> published = Optional.empty();
    private List<String> cves = List.of();
    private String repository = "updates";

    private PatchBuilder(PackageKey key, PackageVersion version) {
        this.key = key;
        this.version = version;
    }

    public static PatchBuilder rpm(String name, String version) {
        return new PatchBuilder(new PackageKey(name, "x86_64"), PackageVersion.rpm(version));
    }

    public static PatchBuilder rpm(String name, String arch, String version) {
        return new PatchBuilder(new PackageKey(name, arch), PackageVersion.rpm(version));
    }

    public static PatchBuilder deb(String name, String version) {
        return new PatchBuilder(new PackageKey(name, "amd64"), PackageVersion.deb(version));
    }

    public PatchBuilder security(String severity) {
        return advisory("RHSA-2026:" + advisories.size(), "Security", severity, LONG_AGO);
    }

    public PatchBuilder bugfix() {
        return advisory("RHBA-2026:" + advisories.size(), "Bugfix", "None", LONG_AGO);
    }

    public PatchBuilder advisory(String id, String classification, String severity, Instant issued) {
        return advisory(id, classification, severity, Optional.of(issued), Optional.empty(), List.of(), List.of());
    }

    public PatchBuilder advisory(
            String id,
            String classification,
            String severity,
            Optional<Instant> issued,
            Optional<Instant> updated,
            List<String> cves,
            List<String> bugzillas) {
        advisories.add(new Advisory(
                id,
                id,
                new Classification(classification),
                new Severity(severity),
                issued,
                updated,
                cves,
                bugzillas,
                false));
        return this;
    }

    public PatchBuilder published(String instant) {
        published = Optional.of(Instant.parse(instant));
        return this;
    }

    public PatchBuilder repository(String id) {
        repository = id;
        return this;
    }

    public PatchBuilder fixes(String... ids) {
        cves = List.of(ids);
        return this;
    }

    public PatchBuilder archive(boolean security, String packagePriority, String packageSection) {
        securityArchive = security;
        priority = Optional.of(packagePriority);
        section = Optional.of(packageSection);
        return this;
    }

    public Patch build() {
        return new Patch(
                key,
                version,
                Optional.empty(),
                repository,
                advisories,
                securityArchive,
                priority,
                section,
                published,
                cves,
                Optional.empty());
    }
}
