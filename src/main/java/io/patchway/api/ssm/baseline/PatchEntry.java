package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.baseline.OfferedPatches.Offered;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.server.PatchFamily;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A patch of Linux in a list of the service. */
record PatchEntry(
        @JsonProperty("Id") String id,
        @JsonProperty("ReleaseDate") Optional<Instant> releaseDate,
        @JsonProperty("Title") String title,
        @JsonProperty("Description") Optional<String> description,
        @JsonProperty("Product") String product,
        @JsonProperty("Classification") Optional<String> classification,
        @JsonProperty("AdvisoryIds") List<String> advisoryIds,
        @JsonProperty("BugzillaIds") List<String> bugzillaIds,
        @JsonProperty("CVEIds") List<String> cveIds,
        @JsonProperty("Name") String name,
        @JsonProperty("Epoch") int epoch,
        @JsonProperty("Version") String version,
        @JsonProperty("Release") String release,
        @JsonProperty("Arch") String arch,
        @JsonProperty("Severity") Optional<String> severity,
        @JsonProperty("Repository") String repository) {

    static PatchEntry of(Offered offered) {
        Patch patch = offered.patch();
        boolean apt = offered.product().operatingSystem().family() == PatchFamily.APT;
        String text = patch.version().text();
        int colon = text.indexOf(':');
        int hyphen = text.lastIndexOf('-');
        String epoch = colon < 0 ? "0" : text.substring(0, colon);
        Optional<Advisory> notice =
                apt ? Optional.empty() : patch.advisories().stream().findFirst();
        return new PatchEntry(
                patch.key().toString(),
                notice.flatMap(Advisory::date).or(patch::published),
                patch.key() + ":" + (apt || colon >= 0 ? text : epoch + ":" + text),
                notice.map(Advisory::title).filter(title -> !title.isEmpty()),
                offered.product().product(),
                notice.map(Advisory::classification).map(Classification::word),
                patch.advisories().stream().map(Advisory::id).toList(),
                patch.advisories().stream()
                        .flatMap(advisory -> advisory.bugzillas().stream())
                        .toList(),
                patch.allCves(),
                patch.key().name(),
                Integer.parseInt(epoch),
                text.substring(colon + 1, hyphen < 0 ? text.length() : hyphen),
                hyphen < 0 ? "" : text.substring(hyphen + 1),
                patch.key().arch(),
                notice.map(Advisory::severity).map(Severity::word),
                patch.repository());
    }
}
