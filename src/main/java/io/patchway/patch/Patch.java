package io.patchway.patch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One update as the package manager offers it: a version of a package that is newer than the installed one. A package
 * may be offered in several versions at once, each with the advisories that belong to that version.
 *
 * @param version the offered version
 * @param installed the version that it would replace; empty for a package that comes in new (a kernel, an obsoleting
 *     package)
 * @param repository id or label of the repository or archive that offers it
 * @param advisories notices that name exactly this version; on apt the changelog's entries stand in for one; empty for
 *     updates without a notice
 * @param securityArchive apt only: whether the version comes from a security archive
 * @param priority apt only: the archive's priority ({@code required}, {@code optional}, …)
 * @param section apt only: the archive's section
 * @param published build time of the package; empty on apt
 * @param cves CVE ids fixed by this version that no advisory carries
 * @param source apt: name of the source package; empty elsewhere
 * @param windows Windows: what its update agent tells; empty elsewhere, and in documents from before it was recorded
 */
public record Patch(
        PackageKey key,
        PackageVersion version,
        Optional<PackageVersion> installed,
        String repository,
        List<Advisory> advisories,
        boolean securityArchive,
        Optional<String> priority,
        Optional<String> section,
        Optional<Instant> published,
        List<String> cves,
        Optional<String> source,
        Optional<WindowsUpdate> windows) {

    /** A patch of a Linux host. */
    public Patch(
            PackageKey key,
            PackageVersion version,
            Optional<PackageVersion> installed,
            String repository,
            List<Advisory> advisories,
            boolean securityArchive,
            Optional<String> priority,
            Optional<String> section,
            Optional<Instant> published,
            List<String> cves,
            Optional<String> source) {
        this(
                key,
                version,
                installed,
                repository,
                advisories,
                securityArchive,
                priority,
                section,
                published,
                cves,
                source,
                Optional.empty());
    }

    public Patch {
        windows = windows == null ? Optional.empty() : windows;
        advisories = List.copyOf(advisories);
        cves = List.copyOf(cves);
    }

    /** What its first advisory is for, or that it comes from a security archive; empty when neither is known. */
    public String classification() {
        return advisories.stream()
                .findFirst()
                .map(advisory -> advisory.classification().word())
                .filter(word -> !word.equals("None"))
                .orElse(securityArchive ? "Security" : "");
    }

    /** How grave its first advisory says it is; empty without one. */
    public String severity() {
        return advisories.stream()
                .findFirst()
                .map(advisory -> advisory.severity().word())
                .orElse("");
    }

    /** Whether one of its advisories is about security, or it comes from a security archive. */
    public boolean securityUpdate() {
        return securityArchive
                || advisories.stream().map(Advisory::classification).anyMatch(Classification::isSecurity);
    }

    /** CVE ids of the patch and of all its advisories, without repetition. */
    public List<String> allCves() {
        return java.util.stream.Stream.concat(cves.stream(), advisories.stream().flatMap(a -> a.cves().stream()))
                .distinct()
                .toList();
    }
}
