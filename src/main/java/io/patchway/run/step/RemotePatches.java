package io.patchway.run.step;

import io.patchway.patch.PackageKey;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RemoteSite.Attempt;
import io.patchway.run.RemoteSite.InstalledPatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what another site tells about patches into entries of our own report. The API has no fields for name, version
 * and architecture; they are read from the title as package managers and Windows write them.
 */
final class RemotePatches {
    private static final Pattern KNOWLEDGE_BASE = Pattern.compile("\\b(KB[0-9]{5,9})\\b");
    /** {@code openssl-1:3.0.7-28.el9.x86_64}. */
    private static final Pattern FULL_NAME =
            Pattern.compile("(\\S+)-((?:[0-9]+:)?[^\\s:-]+-[^\\s-]+)\\.([A-Za-z0-9_]+)");
    /** The same where the version has no release, {@code tzdata-2026a.all}. */
    private static final Pattern SHORT_NAME = Pattern.compile("(\\S+)-((?:[0-9]+:)?[0-9][^\\s-]*)\\.([A-Za-z0-9_]+)");
    /** Notices that a title ends with, {@code (RHSA-2026:1234, CVE-2026-1)}. */
    private static final Pattern NOTICES = Pattern.compile("(.+) \\(([^()]+)\\)");
    /** {@code openssl.x86_64 1:3.0.7-28.el9}. */
    private static final Pattern NAME_AND_VERSION = Pattern.compile("(\\S+)\\.([A-Za-z0-9_]+) (\\S+)");
    /** {@code openssl 1:3.0.7-28.el9 x86_64}, the architecture may be missing. */
    private static final Pattern WORDS = Pattern.compile("(\\S+) (\\S+)(?: ([A-Za-z0-9_]+))?");

    private static final String NO_ARCH = "noarch";
    private static final int LONGEST_NAME = 200;

    private RemotePatches() {}

    /** @param attempts the oldest first; a patch belongs to the one in which it ended */
    static List<PatchChange> changes(List<InstalledPatch> patches, List<Attempt> attempts) {
        return patches.stream().map(patch -> change(patch, attempts)).toList();
    }

    private static PatchChange change(InstalledPatch patch, List<Attempt> attempts) {
        Matcher notices = NOTICES.matcher(patch.title());
        boolean noticed = notices.matches();
        Matcher windows = KNOWLEDGE_BASE.matcher(patch.title());
        Named named = windows.find()
                ? new Named(new PackageKey(windows.group(1), NO_ARCH), patch.title())
                : named(noticed ? notices.group(1) : patch.title());
        int code = patch.resultCode().orElse(-1);
        String meaning = switch (code) {
            case 0 -> "not started";
            case 1 -> "still in progress when the execution ended";
            case 2 -> "";
            case 3 -> "succeeded with errors";
            case 4 -> "failed";
            case 5 -> "aborted";
            default -> "its result was not told";
        };
        boolean there = code == 2 || code == 3;
        return new PatchChange(
                round(patch.end(), attempts),
                named.key(),
                Optional.empty(),
                named.version(),
                there ? Outcome.INSTALLED : Outcome.FAILED,
                "",
                "",
                noticed ? List.of(notices.group(2).split(", ")) : List.of(),
                List.of(),
                meaning.isEmpty() ? "" : "the other site says: " + meaning);
    }

    private static int round(Optional<Instant> end, List<Attempt> attempts) {
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            boolean begun = covers(attempt.start(), end, false);
            if (begun && covers(attempt.end(), end, true)) {
                return i + 1;
            }
        }
        return 1;
    }

    private static boolean covers(Optional<Instant> edge, Optional<Instant> moment, boolean asEnd) {
        return edge.isPresent()
                && moment.isPresent()
                && (asEnd ? !moment.get().isAfter(edge.get()) : !moment.get().isBefore(edge.get()));
    }

    private static Named named(String title) {
        Matcher full = FULL_NAME.matcher(title);
        if (full.matches()) {
            return of(title, full.group(1), full.group(3), full.group(2));
        }
        Matcher brief = SHORT_NAME.matcher(title);
        if (brief.matches()) {
            return of(title, brief.group(1), brief.group(3), brief.group(2));
        }
        Matcher pair = NAME_AND_VERSION.matcher(title);
        if (pair.matches()) {
            return of(title, pair.group(1), pair.group(2), pair.group(3));
        }
        Matcher words = WORDS.matcher(title);
        if (words.matches()) {
            String arch = Optional.ofNullable(words.group(3)).orElse(NO_ARCH);
            return of(title, words.group(1), arch, words.group(2));
        }
        return untold(title);
    }

    private static Named of(String title, String name, String arch, String version) {
        try {
            return new Named(new PackageKey(name, arch), version);
        } catch (IllegalArgumentException e) {
            return untold(title);
        }
    }

    /** Nothing in it looks like a package: the whole title is its name, as far as a name may be spelt. */
    private static Named untold(String title) {
        String name = "patch-" + title.replaceAll("[^A-Za-z0-9+._-]+", "-");
        return new Named(
                new PackageKey(name.substring(0, Math.min(name.length(), LONGEST_NAME)), NO_ARCH),
                title.isEmpty() ? "-" : title);
    }

    private record Named(PackageKey key, String version) {}
}
