package io.patchway.baseline;

import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of approved or of rejected patches of a baseline, ready to be asked. Belongs to one thread. */
final class PatchList {

    /** An entry of the list: its place, such as {@code RejectedPatches[2]}, its words, and what it names. */
    record Entry(String place, String text, NamePattern pattern) {}

    private final NameFormat format;
    private final List<Entry> entries;
    private final Map<String, List<Entry>> entriesByName = new HashMap<>();

    PatchList(String member, List<String> names, NameFormat format) {
        this.format = format;
        this.entries = new ArrayList<>(names.size());
        for (String name : names) {
            entries.add(new Entry(member + "[" + entries.size() + "]", name, format.pattern(name)));
        }
    }

    /** The first entry that names the patch or, where the family allows it, one of its notices. */
    Optional<Entry> match(Patch patch) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return match(patch.key(), patch.version()).or(() -> matchNotice(patch));
    }

    /** The first entry that names this version of a package. */
    Optional<Entry> match(PackageKey key, PackageVersion version) {
        List<Entry> candidates = entries.isEmpty() ? entries : candidates(key.name());
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        List<String> spellings = format.spellings(key, version);
        return candidates.stream()
                .filter(entry -> spellings.stream().anyMatch(text -> format.meansSpelling(entry.pattern(), text)))
                .findFirst();
    }

    private Optional<Entry> matchNotice(Patch patch) {
        for (Entry entry : entries) {
            if (format.meansNotice(entry.pattern(), patch)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private List<Entry> candidates(String name) {
        return entriesByName.computeIfAbsent(
                name,
                key -> entries.stream().filter(entry -> couldMean(entry, key)).toList());
    }

    /** Every spelling begins with the name or with an epoch. */
    private static boolean couldMean(Entry entry, String name) {
        String text = entry.text();
        boolean mayBeginWithEpoch = !text.isEmpty() && Character.isDigit(text.charAt(0));
        return mayBeginWithEpoch || entry.pattern().canMatchTextStartingWith(name);
    }
}
