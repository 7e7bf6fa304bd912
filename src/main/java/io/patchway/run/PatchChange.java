package io.patchway.run;

import io.patchway.patch.PackageKey;
import java.util.List;
import java.util.Optional;

/**
 * What became of one patch in a server run.
 *
 * @param round the round in which it happened; 0 for what was skipped from the start
 * @param before the version that was installed; empty for a package that came in new
 * @param after the version that was wanted; with {@link Outcome#INSTALLED} it is there now
 * @param title what the vendor calls the patch itself, rather than a notice about it; empty except on Windows
 * @param reason why it was skipped or what failed; empty when it was installed without complaint
 */
public record PatchChange(
        int round,
        PackageKey key,
        Optional<String> before,
        String after,
        Outcome outcome,
        String classification,
        String severity,
        List<String> advisories,
        List<String> cves,
        String title,
        String reason) {

    /** A patch that has no title of its own. */
    public PatchChange(
            int round,
            PackageKey key,
            Optional<String> before,
            String after,
            Outcome outcome,
            String classification,
            String severity,
            List<String> advisories,
            List<String> cves,
            String reason) {
        this(round, key, before, after, outcome, classification, severity, advisories, cves, "", reason);
    }

    public PatchChange {
        advisories = List.copyOf(advisories);
        cves = List.copyOf(cves);
    }

    /** What can become of a patch. */
    public enum Outcome {
        INSTALLED,
        FAILED,
        /** Left out on purpose: held, rejected or excluded by the script package. */
        SKIPPED,
        /** A scan found it approved and missing. */
        MISSING
    }
}
