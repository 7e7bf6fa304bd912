package io.patchway.packagemanager;

import io.patchway.packagemanager.AdvisoryReader.NamedVersion;
import io.patchway.packagemanager.AdvisoryReader.NamedVersions;
import io.patchway.patch.Advisory;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what is on offer and makes patches of what is newer than the installed packages. */
final class OfferedVersions {
    private final Map<PackageKey, NavigableMap<PackageVersion, AnswerRecord>> offers = new TreeMap<>();

    /**
     * Notes an {@code available} record; of a version in several repositories the first counts.
     *
     * @throws IllegalArgumentException when it names no package or version
     */
    void add(AnswerRecord answer, VersionScheme scheme) {
        PackageKey key = new PackageKey(answer.field(0), answer.field(2));
        offers.computeIfAbsent(key, unseen -> new TreeMap<>())
                .putIfAbsent(new PackageVersion(scheme, answer.field(1)), answer);
    }

    /** Patches in the order of names, oldest version first. */
    List<Patch> newerThan(List<InstalledPackage> installed, List<NamedVersions> advisories) {
        Map<String, PackageVersion> newestByName = new HashMap<>();
        Map<PackageKey, PackageVersion> newest = new HashMap<>();
        for (InstalledPackage one : installed) {
            newest.merge(one.key(), one.version(), OfferedVersions::newer);
            newestByName.merge(one.key().name(), one.version(), OfferedVersions::newer);
        }
        List<Patch> patches = new ArrayList<>();
        offers.forEach((key, versions) -> {
            Optional<PackageVersion> present = Optional.ofNullable(newest.get(key))
                    .or(() -> changesArch(key) ? Optional.ofNullable(newestByName.get(key.name())) : Optional.empty());
            NavigableMap<PackageVersion, AnswerRecord> wanted =
                    present.map(version -> versions.tailMap(version, false)).orElse(versions);
            Map<PackageVersion, Map<String, Advisory>> notices = notices(key, present, wanted, advisories);
            wanted.forEach((version, answer) -> patches.add(patch(
                    key,
                    version,
                    present,
                    answer,
                    List.copyOf(notices.getOrDefault(version, Map.of()).values()))));
        });
        return patches;
    }

    /** A package that is installed for another architecture is that package all the same, unless both can be there. */
    private static boolean changesArch(PackageKey key) {
        return key.arch().equals("noarch") || key.arch().equals("all");
    }

    /**
     * Which advisories each wanted version answers. A repository may have dropped the version that an advisory names:
     * then the next newer one carries the fix.
     */
    private static Map<PackageVersion, Map<String, Advisory>> notices(
            PackageKey key,
            Optional<PackageVersion> present,
            NavigableMap<PackageVersion, AnswerRecord> wanted,
            List<NamedVersions> advisories) {
        Map<PackageVersion, Map<String, Advisory>> notices = new HashMap<>();
        for (NamedVersions advisory : advisories) {
            for (NamedVersion named : advisory.versions()) {
                if (!named.key().equals(key)
                        || present.filter(version -> !named.version().newerThan(version))
                                .isPresent()) {
                    continue;
                }
                PackageVersion carrier = wanted.ceilingKey(named.version());
                if (carrier != null) {
                    notices.computeIfAbsent(carrier, unseen -> new LinkedHashMap<>())
                            .merge(advisory.advisory().id(), advisory.advisory(), OfferedVersions::laterChanged);
                }
            }
        }
        return notices;
    }

    /** The same advisory from two repositories, or from a stale cache: the later state of it counts. */
    private static Advisory laterChanged(Advisory one, Advisory other) {
        boolean later = other.date().isPresent()
                && one.date().filter(date -> !date.isBefore(other.date().get())).isEmpty();
        return later ? other : one;
    }

    private static Patch patch(
            PackageKey key,
            PackageVersion version,
            Optional<PackageVersion> present,
            AnswerRecord answer,
            List<Advisory> advisories) {
        return new Patch(
                key,
                version,
                present,
                answer.field(3),
                advisories,
                answer.field(4).equals("1"),
                text(answer.field(5)),
                text(answer.field(6)),
                VendorTime.parse(answer.field(8)),
                List.of(),
                text(answer.field(7)));
    }

    private static Optional<String> text(String field) {
        return field.isBlank() ? Optional.empty() : Optional.of(field);
    }

    private static PackageVersion newer(PackageVersion one, PackageVersion other) {
        return other.newerThan(one) ? other : one;
    }
}
