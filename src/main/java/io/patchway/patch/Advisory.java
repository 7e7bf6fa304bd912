package io.patchway.patch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A vendor's notice about one or more package versions; on SUSE the patch object of that name.
 *
 * @param id the vendor's id, such as {@code RHSA-2017:0864} or {@code SUSE-SLE-15-2018-123}
 * @param issued when it was first published, UTC
 * @param updated when it was last changed, UTC
 * @param cves CVE ids in the order of the notice
 * @param bugzillas Bugzilla numbers in the order of the notice
 * @param rebootSuggested whether the vendor says that a reboot is needed afterwards
 */
public record Advisory(
        String id,
        String title,
        Classification classification,
        Severity severity,
        Optional<Instant> issued,
        Optional<Instant> updated,
        List<String> cves,
        List<String> bugzillas,
        boolean rebootSuggested) {

    public Advisory {
        cves = List.copyOf(cves);
        bugzillas = List.copyOf(bugzillas);
    }

    /** The date from which an approval delay counts: the last change, else the first publication. */
    public Optional<Instant> date() {
        return updated.or(() -> issued);
    }
}
