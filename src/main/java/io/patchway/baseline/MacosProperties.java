package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** macOS: an update has a classification and nothing else; security and non-security are not told apart. */
record MacosProperties() implements FamilyProperties {

    @Override
    public List<String> values(FilterKey key, PatchView view) {
        return switch (key) {
            case CLASSIFICATION ->
                view.advisory()
                        .map(advisory -> List.of(advisory.classification().word()))
                        .orElse(List.of());
            case CVE_ID -> view.patch().allCves();
            default -> PackageProperties.values(key, view);
        };
    }

    @Override
    public boolean passesAsSecurity(PatchView view) {
        return true;
    }

    @Override
    public boolean isSecurityUpdate(Patch patch) {
        return patch.advisories().stream()
                .anyMatch(advisory -> advisory.classification().equals(Classification.SECURITY));
    }

    @Override
    public Optional<Instant> date(PatchView view) {
        return view.advisory().flatMap(Advisory::date).or(() -> view.patch().published());
    }
}
