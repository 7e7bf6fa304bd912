package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.PatchIds;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchNotice;
import io.patchway.patch.Advisory;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import io.patchway.run.ScanRecord;
import io.patchway.scan.HostFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a scan found, as rows: first every patch that is approved and missing, then every installed package. The order,
 * and so the number of each row, never changes: a scan that was kept does not.
 */
final class PatchRows {
    /** The numbers of the rows of one machine begin at its own number times this. */
    private static final long ROWS_OF_A_MACHINE = 1_000_000;

    private final int machine;
    private final HostFacts host;
    private final Base links;
    private final UUID productId;
    private final List<DetectedPatch> rows = new ArrayList<>();

    private PatchRows(int machine, HostFacts host, Base links) {
        this.machine = machine;
        this.host = host;
        this.links = links;
        this.productId = PatchIds.product(host.osId(), host.osVersion());
    }

    static List<DetectedPatch> of(int machine, ScanRecord scan, Base links) {
        PatchRows rows = new PatchRows(machine, scan.scan().host(), links);
        scan.evaluation().missing().forEach(rows::addMissing);
        Map<PackageKey, PackageState> states = new HashMap<>();
        scan.evaluation().states().forEach(state -> states.put(state.key(), state));
        scan.scan().installed().forEach(installed -> rows.addInstalled(installed, states.get(installed.key())));
        return List.copyOf(rows.rows);
    }

    private void addMissing(Patch patch) {
        UUID id = PatchIds.patch(host.osId(), patch.key(), patch.version().text());
        rows.add(new DetectedPatch(
                PatchIds.bulletin(patch),
                "en-US",
                PatchIds.kb(patch.key(), patch.version()),
                download(id),
                PatchIds.type(patch.securityUpdate()),
                id,
                host.osName(),
                productId,
                nextNumber(),
                DetectedPatch.MISSING,
                host.osVersion(),
                PatchIds.severity(patch.severity()),
                patch.advisories().stream().map(Advisory::id).toList(),
                patch.allCves(),
                patch.advisories().stream().anyMatch(Advisory::rebootSuggested),
                patch.key().toString(),
                patch.version().text()));
    }

    /** Of what is installed already, no repository tells what it was for; what an earlier run learnt is told. */
    private void addInstalled(InstalledPackage installed, PackageState state) {
        Optional<PatchNotice> notice = Optional.ofNullable(state)
                .filter(known -> known.target().isEmpty()
                        && known.installed().filter(installed.version()::equals).isPresent())
                .flatMap(PackageState::notice);
        UUID id =
                PatchIds.patch(host.osId(), installed.key(), installed.version().text());
        rows.add(new DetectedPatch(
                "",
                "en-US",
                PatchIds.kb(installed.key(), installed.version()),
                download(id),
                PatchIds.type(notice.filter(PatchNotice::security).isPresent()),
                id,
                host.osName(),
                productId,
                nextNumber(),
                DetectedPatch.FOUND,
                host.osVersion(),
                PatchIds.severity(notice.map(PatchNotice::severity).orElse("")),
                List.of(),
                List.of(),
                false,
                installed.key().toString(),
                installed.version().text()));
    }

    private long nextNumber() {
        return machine * ROWS_OF_A_MACHINE + rows.size() + 1;
    }

    private Map<String, Map<String, String>> download(UUID patch) {
        return Map.of("download", links.href("patch/downloads/" + patch + "?culture=en-US"));
    }
}
