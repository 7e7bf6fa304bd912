package io.patchway.baseline;

import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * apt: the version and the archive it comes from carry the properties. What a changelog says counts for nothing: there
 * is no classification and no severity to filter by, and neither delays nor until-dates apply.
 */
record AptProperties() implements FamilyProperties {

    @Override
    public List<String> values(FilterKey key, PatchView view) {
        Patch patch = view.patch();
        return switch (key) {
            case PRIORITY -> patch.priority().map(List::of).orElse(List.of());
            case SECTION -> patch.section().map(List::of).orElse(List.of());
            case CVE_ID -> patch.allCves();
            case SECURITY -> List.of(String.valueOf(patch.securityArchive()));
            default -> PackageProperties.values(key, view);
        };
    }

    @Override
    public boolean passesAsSecurity(PatchView view) {
        return view.patch().securityArchive();
    }

    @Override
    public boolean isSecurityUpdate(Patch patch) {
        return patch.securityArchive();
    }

    @Override
    public Optional<Instant> date(PatchView view) {
        return Optional.empty();
    }
}
