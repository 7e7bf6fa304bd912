package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * yum, dnf and zypper: the advisory (on SUSE the patch object) that names the package version carries the properties.
 * Whatever is in an advisory of any type passes as a security patch; what is in none does not.
 *
 * @param buildTimeCounts yum and dnf: the later of the advisory's date and the package's build time counts
 */
record NoticeProperties(boolean buildTimeCounts) implements FamilyProperties {

    @Override
    public List<String> values(FilterKey key, PatchView view) {
        return switch (key) {
            case CLASSIFICATION, SEVERITY, ADVISORY_ID, PATCH_ID, BUGZILLA_ID ->
                view.advisory().map(advisory -> ofAdvisory(key, advisory)).orElse(List.of());
            case CVE_ID ->
                view.advisory().map(Advisory::cves).orElse(view.patch().cves());
            case SECURITY -> List.of(String.valueOf(isSecurityUpdate(view.patch())));
            default -> PackageProperties.values(key, view);
        };
    }

    private static List<String> ofAdvisory(FilterKey key, Advisory advisory) {
        return switch (key) {
            case CLASSIFICATION -> List.of(advisory.classification().word());
            case SEVERITY -> List.of(advisory.severity().word());
            case BUGZILLA_ID -> advisory.bugzillas();
            default -> List.of(advisory.id());
        };
    }

    @Override
    public boolean passesAsSecurity(PatchView view) {
        return view.advisory().isPresent();
    }

    @Override
    public boolean isSecurityUpdate(Patch patch) {
        for (Advisory advisory : patch.advisories()) {
            if (advisory.classification().equals(Classification.SECURITY)) {
                return true;
            }
        }
        return false;
    }

    /** An advisory without any date counts from 1970; a package without a notice from its build time. */
    @Override
    public Optional<Instant> date(PatchView view) {
        Optional<Instant> built = view.patch().published();
        if (view.advisory().isEmpty()) {
            return built;
        }
        Instant noticed = view.advisory().get().date().orElse(Instant.EPOCH);
        boolean builtLater = buildTimeCounts && built.isPresent() && built.get().isAfter(noticed);
        return builtLater ? built : Optional.of(noticed);
    }
}
