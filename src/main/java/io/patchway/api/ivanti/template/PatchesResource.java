package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.Pages;
import io.patchway.api.ivanti.PatchIds;
import io.patchway.api.ivanti.Query;
import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /patches} and {@code /linux/patchmetadata}: the patches that the repositories of the servers offer. */
public final class PatchesResource implements IvantiResource {
    private static final String PATCHES = "patches";
    private static final String METADATA = "linux/patchmetadata";
    private static final List<String> METADATA_SPELLINGS = List.of(METADATA, "patch/patchmetadata");
    private static final String DOWNLOAD = "patch/downloads/{patch}";
    private static final String WORD = "patch";

    private final Offers offers;

    public PatchesResource(Offers offers) {
        this.offers = offers;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get(PATCHES, this::list).get(PATCHES + "/{patch}", this::one).get(DOWNLOAD, this::download);
        METADATA_SPELLINGS.forEach(
                path -> routes.get(path, this::metadata).get(path + "/{patch}", this::metadataOfOne));
    }

    private record Row(
            int id, Map<String, Map<String, String>> links, String name, List<Vulnerability> vulnerabilities) {}

    private void list(IvantiCall call) {
        Query query = call.query();
        List<String> cves = query.texts("cves");
        List<String> kbs = query.texts("kbs");
        List<String> bulletins = query.texts("bulletinIds");
        List<Offer> found = offers.all().stream()
                .filter(offer ->
                        cves.isEmpty() || offer.patch().allCves().stream().anyMatch(cve -> named(cve, cves)))
                .filter(offer -> kbs.isEmpty() || named(offer.kb(), kbs))
                .filter(offer -> bulletins.isEmpty() || named(offer.bulletin(), bulletins))
                .toList();
        call.answer(Pages.byNumber(call, PATCHES, found, Offer::vulnerability, offer -> row(offer, call.links())));
    }

    private static boolean named(String text, List<String> wanted) {
        return wanted.stream().anyMatch(text::equalsIgnoreCase);
    }

    private static Row row(Offer offer, Base links) {
        return new Row(
                offer.vulnerability(),
                Map.of("self", links.href(PATCHES + "/" + offer.vulnerability())),
                offer.kb(),
                List.of(Vulnerability.of(offer, links)));
    }

    private void one(IvantiCall call) {
        int number = call.number("patch", WORD);
        call.answer(offers.all().stream()
                .filter(offer -> offer.vulnerability() == number)
                .findFirst()
                .map(offer -> row(offer, call.links()))
                .orElseThrow(() -> IvantiRefusal.unknown(WORD, number)));
    }

    private record Download(String culture, boolean isDownloaded, UUID patchId, String source) {}

    /** There is no such place as the original's download folder: each server fetches from its own repositories. */
    private void download(IvantiCall call) {
        UUID id = call.guid("patch", WORD);
        call.answer(new Download(
                call.query().text("culture").orElse("en-US"),
                false,
                id,
                "The package manager of each machine fetches it from the machine's repositories when it is"
                        + " installed."));
    }

    private record Metadata(
            List<String> cves,
            String distribution,
            Optional<Instant> issuedDate,
            Map<String, Map<String, String>> links,
            String name,
            List<String> notifications,
            List<PackageModel> packages,
            UUID patchId,
            String patchTypeSeverity,
            List<String> platformEditions,
            List<String> replacedBy,
            boolean requiresReboot,
            Optional<Instant> revisedDate) {}

    private record PackageModel(String architecture, String name, String packageVersion, UUID productId) {}

    private void metadata(IvantiCall call) {
        Query query = call.query();
        List<String> cves = query.texts("cves");
        List<String> ids = query.texts("ids");
        Optional<String> distribution = query.text("distribution");
        Optional<String> type = query.text("patchTypeSeverity");
        List<Offer> found = offers.all().stream()
                .filter(offer ->
                        cves.isEmpty() || offer.patch().allCves().stream().anyMatch(cve -> named(cve, cves)))
                .filter(offer -> ids.isEmpty() || named(offer.id().toString(), ids))
                .filter(offer -> distribution
                        .filter(wanted -> !wanted.equalsIgnoreCase(distribution(offer)))
                        .isEmpty())
                .filter(offer -> type.filter(wanted -> !wanted.equalsIgnoreCase(typeSeverity(offer.patch())))
                        .isEmpty())
                .toList();
        call.answer(
                Pages.byNumber(call, METADATA, found, Offer::vulnerability, offer -> metadata(offer, call.links())));
    }

    private void metadataOfOne(IvantiCall call) {
        UUID id = call.guid("patch", WORD);
        call.answer(offers.all().stream()
                .filter(offer -> offer.id().equals(id))
                .findFirst()
                .map(offer -> metadata(offer, call.links()))
                .orElseThrow(() -> IvantiRefusal.unknown(WORD, id)));
    }

    private static Metadata metadata(Offer offer, Base links) {
        Patch patch = offer.patch();
        Optional<Advisory> advisory = patch.advisories().stream().findFirst();
        return new Metadata(
                patch.allCves(),
                distribution(offer),
                advisory.flatMap(Advisory::issued).or(patch::published),
                Map.of("self", links.href(METADATA + "/" + offer.id())),
                offer.bulletin().isEmpty() ? offer.kb() : offer.bulletin(),
                List.of(),
                List.of(new PackageModel(
                        patch.key().arch(),
                        patch.key().name(),
                        patch.version().text(),
                        PatchIds.product(offer.host().osId(), offer.host().osVersion()))),
                offer.id(),
                typeSeverity(patch),
                List.of(offer.host().osName()),
                List.of(),
                patch.advisories().stream().anyMatch(Advisory::rebootSuggested),
                advisory.flatMap(Advisory::updated));
    }

    /** A distribution as the original writes it, where it knows it; else the id of its os-release. */
    private static String distribution(Offer offer) {
        return switch (offer.host().osId()) {
            case "rhel" -> "RedHat";
            case "centos" -> "CentOS";
            case "ol" -> "Oracle";
            default -> offer.host().osId();
        };
    }

    private static String typeSeverity(Patch patch) {
        if (!patch.securityUpdate()) {
            return patch.classification().equals("Enhancement") ? "Enhancement" : "BugFix";
        }
        String severity = PatchIds.severity(patch.severity());
        return "Security" + (severity.equals("None") ? "Unassigned" : severity);
    }
}
