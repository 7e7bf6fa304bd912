package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import io.patchway.patch.WindowsUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
            case PRODUCT -> products(view);
            case PRODUCT_FAMILY ->
                view.patch()
                        .windows()
                        .map(WindowsUpdate::productFamily)
                        .map(List::of)
                        .orElse(List.of());
            case PATCH_SET ->
                List.of(
                        view.patch()
                                        .windows()
                                        .filter(WindowsUpdate::application)
                                        .isPresent()
                                ? "APPLICATION"
                                : "OS");
            default -> PackageProperties.values(key, view);
        };
    }

    /** As Microsoft writes it and as AWS does, and for updates of Windows itself what the host is. */
    private static List<String> products(PatchView view) {
        Optional<WindowsUpdate> update = view.patch().windows();
        Stream<String> own = update.map(WindowsUpdate::product).stream()
                .filter(product -> !product.isEmpty())
                .flatMap(product -> Stream.of(product, product.replace(" ", "")));
        Stream<String> host =
                update.filter(WindowsUpdate::application).isPresent() ? Stream.empty() : Stream.of(view.product());
        return Stream.concat(own, host).distinct().toList();
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
