package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Windows: the update itself is the notice; its id is the KB number. Security and non-security are not told apart. */
record WindowsProperties() implements FamilyProperties {

    @Override
    public List<String> values(FilterKey key, PatchView view) {
        Optional<Advisory> update = view.advisory();
        return switch (key) {
            case CLASSIFICATION ->
                update.map(advisory -> List.of(advisory.classification().word()))
                        .orElse(List.of());
            case MSRC_SEVERITY, SEVERITY ->
                update.map(advisory -> List.of(advisory.severity().word())).orElse(List.of());
            case PATCH_ID ->
                update.map(advisory -> List.of(advisory.id()))
                        .orElse(List.of(view.patch().key().name()));
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
                .anyMatch(advisory -> advisory.classification().word().equalsIgnoreCase("SecurityUpdates"));
    }

    @Override
    public Optional<Instant> date(PatchView view) {
        return view.advisory().flatMap(Advisory::date).or(() -> view.patch().published());
    }
}
